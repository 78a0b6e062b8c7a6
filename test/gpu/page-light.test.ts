/** The panel of the light: after a run its numbers are the command line's, every plot has its table, and the port is in the link. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { measured } from '../../src/drawing/number';
import { radiation } from '../../src/experiments/radiation/radiation';
import { systemParameters } from '../../src/parameters/system';
import { runExperiment } from '../unit/liouvillian/run-experiment';
import { type BuiltPage, find, follow, serveBuiltPage, start } from './built-page';

let lab: BuiltPage;
beforeAll(async () => {
  lab = await serveBuiltPage();
});
afterAll(() => lab.close());

test('a run shows what the command line computes, at the port of the form', async () => {
  const { page, complaints } = await lab.open('?atoms=8&gamma1d=10&gammaf=1&drive=0.73&port=mirror');
  await start(page, 'light-panel', /^Run/);
  const text = await (await find(page, 'light-panel >>> table.values')).evaluate((table) =>
    table.textContent!.replace(/\s+/g, ' '),
  );
  const { result } = await runExperiment(
    radiation,
    systemParameters({ atoms: 8, gamma1d: 10, gammaf: 1, drive: 0.73 }),
    { port: 'mirror' },
  );
  const { counting, errors, incoherent } = result;
  expect(text).toContain(`Fano factor of long windows ${measured(counting.fano, errors.counting.fano)}`);
  expect(text).toContain(`incoherent part ${measured(incoherent, errors.incoherent)}`);
  const panel = await find(page, 'light-panel');
  const plots = await panel.evaluate((element) =>
    [...element.shadowRoot!.querySelectorAll('lab-plot')].map(({ spec: { title, curves }, message }) => ({
      title,
      message,
      points: curves.map(
        ({ y }) => Array.from(y).filter((value) => value !== null && Number.isFinite(value)).length,
      ),
    })),
  );
  // The histogram waits for an ensemble that counts.
  const histogram = plots.pop();
  expect(histogram).toMatchObject({ title: 'Histogram of counts', points: [] });
  expect(histogram!.message).toMatch(/^Run the ensemble by photodetection/);
  expect(plots).toHaveLength(6);
  for (const { title, message, points } of plots) {
    expect(message, title).toBe('');
    expect(points.length, title).toBeGreaterThan(0);
    expect(Math.min(...points), title).toBeGreaterThan(10);
  }
  const finding = await (await find(page, 'light-panel >>> .finding')).evaluate(
    ({ textContent }) => textContent,
  );
  expect(finding).toMatch(/scatter \S+ times as much as Poisson’s/);
  // Another port is another run: what is there is grey until then.
  await (await find(page, '#port')).evaluate((select) => {
    (select as HTMLSelectElement).value = 'cavity';
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await page.waitForFunction(() => new URLSearchParams(location.search).get('port') === 'cavity');
  await find(page, 'light-panel >>> .stale table.values');
  expect(complaints).toEqual([]);
});

test('a port that a link has wrong is said at its field, and without collective decay there is no light to run', async () => {
  const { page } = await lab.open('?port=window');
  await find(page, '#port-problem');
  await follow(page, '?gamma1d=0&gammaf=1&omega=0.3');
  const run = await find(page, 'light-panel >>> button.primary');
  expect(await run.evaluate((button) => (button as HTMLButtonElement).disabled)).toBe(true);
});
