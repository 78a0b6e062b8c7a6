/** What the page says beside its plots: which system a table is of, what a sweep leaves out, where the mean field does not hold. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltPage, find, follow, greyRuns, serveBuiltPage, start } from './built-page';

let lab: BuiltPage;
let page: Page;
let complaints: string[];
beforeAll(async () => {
  lab = await serveBuiltPage();
  ({ page, complaints } = await lab.open(small));
});
afterAll(() => lab.close());

const small =
  '?atoms=10&gamma1d=10&gammaf=1&drive=0.73&from=0.7&to=0.8&points=2&count=512&time=60&burn-in=10&samples=120&seed=3';

/** Of every table of values but the mean field's, which is always the present one: its heading, and whether it is grey. */
function tables(page: Page): Promise<{ heading: string; stale: boolean }[]> {
  return page.evaluate(() => {
    const root = document.querySelector('dicke-lab')!.shadowRoot!;
    const panels = ['steady-panel', 'gap-panel', 'metastable-panel', 'trajectories-panel', 'light-panel'];
    return panels.flatMap((panel) =>
      [...root.querySelector(panel)!.shadowRoot!.querySelectorAll('table.values')].map((table) => {
        const part = table.closest('div:has(> h3)')!;
        const heading = part.querySelector('h3')!.textContent!.replace(/\s+/g, ' ').trim();
        return { heading, stale: Number(getComputedStyle(part).opacity) < 1 };
      }),
    );
  });
}

/** Sets a field of the form. */
async function set(page: Page, field: string, value: string): Promise<void> {
  await (await find(page, `#${field}`)).evaluate((input, value) => {
    (input as HTMLInputElement).value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, value);
  await page.waitForFunction(
    (field, value) => new URLSearchParams(location.search).get(field) === value,
    {},
    field,
    value,
  );
}

const notesOf = (page: Page, panel: string) =>
  page.evaluate((panel) => {
    const root = document.querySelector('dicke-lab')!.shadowRoot!.querySelector(panel)!.shadowRoot!;
    return [...root.querySelectorAll('.note')].map(({ textContent }) =>
      textContent!.replace(/\s+/g, ' ').trim(),
    );
  }, panel);

test('every table names the system that it is of, and greys when that is no longer the present one', async () => {
  await start(page, 'steady-panel', /^This drive/);
  await start(page, 'gap-panel', /^This drive/);
  await start(page, 'metastable-panel', /^This drive/);
  await start(page, 'trajectories-panel', /^Run/);
  await start(page, 'light-panel', /^Run/);
  const at = 'at N = 10, Ω/Ω_c = 0.73'.replace('_', '');
  const fresh = [
    'Moments',
    'The gap',
    'Weights and switching rates',
    'Time averages of 512 trajectories',
    'Switching',
    'The light of the atoms’ dipole, laser nulled',
  ].map((name) => ({ heading: `${name} ${at}`, stale: false }));
  expect(await tables(page)).toEqual(fresh);
  // How many trajectories are asked for changes no result.
  await set(page, 'count', '1024');
  expect(await tables(page)).toEqual(fresh);
  expect(await greyRuns(page)).toEqual([]);
  await set(page, 'drive', '0.75');
  expect(await tables(page)).toEqual(fresh.map((table) => ({ ...table, stale: true })));
  await set(page, 'drive', '0.73');
  expect(await tables(page)).toEqual(fresh);
  // Another seed is another ensemble, and the rest stays.
  await set(page, 'seed', '4');
  expect((await tables(page)).map(({ stale }) => stale)).toEqual([false, false, false, true, true, false]);
  expect(complaints).toEqual([]);
});

test('sweeps say which numbers of atoms they leave out, and why', async () => {
  await follow(page, '?atoms=18&ratio=15.5&drive=0.73&from=0.7&to=0.8&points=2&numbers=12,18,24');
  const leftOut = 'Sweeps leave out N = 12: Γ/γ is at most N − 1, and here it is 15.5.';
  expect(await notesOf(page, 'steady-panel')).toContain(leftOut);
  expect(await notesOf(page, 'gap-panel')).toContain(leftOut);
  await start(page, 'steady-panel', /^Sweep, 4 points/);
  await start(page, 'gap-panel', /^Minimise/);
  const found = await page.evaluate(() => {
    const root = document.querySelector('dicke-lab')!.shadowRoot!;
    const { runs } = root.querySelector('steady-panel')!;
    const scaling = runs.of('closing of the gap')!.documents[0].result;
    return {
      sweep: runs.of('sweep of steady states')!.documents.map(({ parameters }) => parameters.atoms),
      scaling: scaling.points.map(({ atoms }) => atoms),
    };
  });
  expect(found).toEqual({ sweep: [18, 18, 24, 24], scaling: [18, 24] });
  await set(page, 'numbers', '18,24');
  expect(await notesOf(page, 'steady-panel')).not.toContain(leftOut);
  expect(complaints).toEqual([]);
});

test('points of a sweep without a result are named with the reason', async () => {
  // At N - 1 = Gamma/gamma there is no individual decay.
  await follow(page, '?atoms=18&ratio=11&drive=0.73&from=0.7&to=0.8&points=2&numbers=12,18');
  await start(page, 'steady-panel', /^Sweep/);
  expect(await notesOf(page, 'steady-panel')).toContainEqual(
    expect.stringMatching(
      /^The sweep of steady states has nothing at N = 12, Ω\/Ωc = 0\.7, 0\.8: γ_F must be above 0/,
    ),
  );
  await start(page, 'gap-panel', /^Sweep/);
  expect(await notesOf(page, 'gap-panel')).toContainEqual(
    expect.stringMatching(/^The sweep of gaps has nothing at N = 12/),
  );
});

test('without individual decay every panel says that its mean field does not hold, and (7) is not given', async () => {
  await follow(page, '?atoms=18&gamma1d=1&gammaf=0&drive=0.7');
  const panels = ['mean-field-panel', 'steady-panel', 'gap-panel', 'metastable-panel', 'trajectories-panel'];
  for (const panel of panels)
    expect(await notesOf(page, panel)).toContainEqual(
      expect.stringMatching(/^Without individual decay the factorised/),
    );
  await set(page, 'gammaf', '0.1');
  for (const panel of panels)
    expect(await notesOf(page, panel)).not.toContainEqual(expect.stringContaining('factorised'));
});

test('squeezing by (7) stands on the lower branch alone', async () => {
  await follow(page, '?atoms=18&gamma1d=10&gammaf=1&drive=1');
  const column = () =>
    page.evaluate(() => {
      const panel = document.querySelector('dicke-lab')!.shadowRoot!.querySelector('mean-field-panel')!;
      const rows = [...panel.shadowRoot!.querySelectorAll('table.values tbody tr')];
      return rows.map((row) => row.children[4].textContent);
    });
  expect(await column()).toEqual(['']);
  await set(page, 'drive', '0.73');
  expect(await column()).toEqual(['0.7381', '', '']);
});
