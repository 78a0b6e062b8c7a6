/** A ramp on the page: a link asks for it, the ensemble runs, and its loop is drawn. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltPage, click, find, serveBuiltPage } from './built-page';

let lab: BuiltPage;

beforeAll(async () => {
  lab = await serveBuiltPage();
});

afterAll(() => lab.close());

test('the loop of a ramp is drawn with its area', async () => {
  const asked = 'atoms=5&gamma1d=6&gammaf=1&drive=0.5&count=512&time=4&burn-in=0&samples=20&seed=3';
  const { page, complaints } = await lab.open(`?${asked}&unraveling=photodetection&ramp=0:0.5,2:1.2,4:0.5`);
  await find(page, '.engine');
  await click(page, 'trajectories-panel >>> button.primary');
  await find(page, 'trajectories-panel >>> document-files >>> summary');
  const shown = await page.evaluate(() => {
    const panel = document.querySelector('dicke-lab')!.shadowRoot!.querySelector('trajectories-panel')!;
    const plots = [...panel.shadowRoot!.querySelectorAll('lab-plot')].map(({ spec }) => spec);
    const loop = plots.find(({ title }) => title === 'Hysteresis loop');
    return {
      text: panel.shadowRoot!.textContent ?? '',
      curves: loop?.curves.map(({ label, x }) => [label, x.length]),
    };
  });
  expect(shown.curves?.slice(0, 2)).toEqual([
    ['drive up', 11],
    ['drive down', 11],
  ]);
  expect(shown.text).toMatch(/area\s+\d\.\d+\(\d+\); 0 of the mean field/);
  expect(complaints).toEqual([]);
});
