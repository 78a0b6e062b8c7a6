/** Files on the page: what is not as it was written changes nothing on it, and a session brings back everything. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunName } from '../../components/runs/run-names';
import { documentOf, ensembleDocument, type Plain } from '../documents';
import { type BuiltPage, find, follow, gone, serveBuiltPage } from './built-page';

const folder = mkdtempSync(join(tmpdir(), 'lab-documents-'));
let lab: BuiltPage;
/** what most tests go on with */
let page: Page;
let complaints: string[];
beforeAll(async () => {
  lab = await serveBuiltPage();
  ({ page, complaints } = await lab.open('?atoms=4'));
}, 300_000);
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true });
});

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

async function open(page: Page, ...paths: string[]): Promise<void> {
  const input = await page.$('>>> trajectories-panel >>> earlier-results >>> input');
  await (input as unknown as ElementHandle<HTMLInputElement>).uploadFile(...paths);
}

/** The documents of a run that the page holds. */
const held = (page: Page, name: RunName) =>
  page.evaluate((name) => {
    const panel = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('trajectories-panel');
    return (panel?.runs.of(name)?.documents ?? []) as unknown as Plain[];
  }, name);

const holds = (page: Page, name: RunName, count: number) =>
  page.waitForFunction(
    (name, count) => {
      const panel = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('trajectories-panel');
      return panel?.runs.of(name)?.documents.length === count;
    },
    { polling: 50 },
    name,
    count,
  );

const refusal = async (page: Page) =>
  (await find(page, 'trajectories-panel >>> earlier-results >>> [role=alert]')).evaluate(
    ({ textContent }) => textContent,
  );

const fields = (page: Page) => page.evaluate(() => location.search);

test('an altered file is not shown, and not kept', async () => {
  const document = await ensembleDocument();
  await open(
    page,
    file('altered.json', { ...document, result: { ...(document.result as Plain), series: {} } }),
  );
  expect(await refusal(page)).toBe(
    'altered.json: must be a result of trajectories as it was written: this one was changed (result.series.t is missing).',
  );
  expect(await held(page, 'ensemble')).toEqual([]);
  await page.reload();
  await find(page, '.u-wrap canvas');
  expect(await held(page, 'ensemble')).toEqual([]);
  expect(complaints).toEqual([]);
});

test('a merge that is refused leaves what is on screen', async () => {
  const document = await ensembleDocument();
  const path = file('one.json', document);
  await open(page, path);
  await holds(page, 'ensemble', 1);
  await page.waitForFunction(() => new URLSearchParams(location.search).get('atoms') === '3');
  const before = await fields(page);
  const again = file('again.json', await ensembleDocument({ samples: 5 }));
  for (const [paths, says] of [
    [[path, path], 'trajectories 0 to 255 of seed 7 twice: must be files without common trajectories.'],
    [[path, again], '4 in one.json, 5 in again.json: must be files with the same samples.'],
  ] as const) {
    await open(page, ...paths);
    await page.waitForFunction(
      (says) => {
        const panel = globalThis.document
          .querySelector('dicke-lab')
          ?.shadowRoot?.querySelector('trajectories-panel');
        const said = panel?.shadowRoot
          ?.querySelector('earlier-results')
          ?.shadowRoot?.querySelector('[role=alert]');
        return said?.textContent === says;
      },
      { polling: 50 },
      says,
    );
    expect(await held(page, 'ensemble')).toEqual([document]);
    expect(await fields(page)).toBe(before);
  }
  expect(complaints).toEqual([]);
});

test('a session brings back every run that it holds', async () => {
  await follow(page, '?atoms=18');
  const system = { atoms: 3, gamma1d: 2, gammaf: 1 };
  const gap = await documentOf('gap', { ...system, drive: 0.7 });
  const sweep = await Promise.all(
    [0.5, 0.7].map((drive) => documentOf('steady-state', { ...system, drive })),
  );
  const steady = await documentOf('steady-state', { ...system, drive: 0.7 });
  const ensemble = await ensembleDocument();
  await open(page, file('session.json', [gap, sweep, steady, ensemble]));
  await holds(page, 'ensemble', 1);
  expect(await held(page, 'ensemble')).toEqual([ensemble]);
  expect(await held(page, 'gap')).toEqual([gap]);
  expect(await held(page, 'steady state')).toEqual([steady]);
  expect(await held(page, 'sweep of steady states')).toEqual(sweep);
  // The view is theirs, so that they are not stale; the sweep is of other drives than its fields say.
  await page.waitForFunction(() => new URLSearchParams(location.search).get('atoms') === '3');
  await gone(page, 'trajectories-panel >>> lab-plot[stale]');
  await gone(page, 'gap-panel >>> .stale');
  // Its file is a session again.
  const saved = await page.evaluate(() => {
    const panel = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('trajectories-panel');
    return panel?.runs.saved as unknown;
  });
  expect(saved).toEqual(expect.arrayContaining<unknown>([gap, sweep, steady, ensemble]));
  // And they are kept.
  await page.reload();
  await holds(page, 'sweep of steady states', 2);
  await holds(page, 'gap', 1);
  expect(complaints).toEqual([]);
});

test('a mean field, as of figure 1b, sets its system', async () => {
  const field = await documentOf('mean-field', { atoms: 20, ratio: 15, drive: 0.5 });
  const input = await page.$('>>> session-files >>> input');
  await (input as unknown as ElementHandle<HTMLInputElement>).uploadFile(file('figure-1b.json', field));
  await page.waitForFunction(() => new URLSearchParams(location.search).get('atoms') === '20');
  expect(complaints).toEqual([]);
});

test('what the browser kept and cannot be read is let go with a sentence', async () => {
  const { page, complaints } = await lab.open('?atoms=4');
  await open(page, file('good.json', await ensembleDocument()));
  await holds(page, 'ensemble', 1);
  await page.reload();
  await holds(page, 'ensemble', 1);
  const altered = await documentOf('gap', { atoms: 4 });
  await page.evaluate(
    (entries) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('dicke-bistability-lab');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const change = opening.result.transaction('runs', 'readwrite');
          for (const [key, entry] of entries) change.objectStore('runs').put(entry, key as string);
          change.oncomplete = () => resolve();
        };
      }),
    [
      ['gap', { name: 'gap', requests: [], documents: [{ ...altered, warnings: ['x'] }], at: 1 }],
      ['relaxation', { name: 'relaxation', requests: [], documents: [altered], at: 2 }],
      ['steady state', { name: 'steady state', requests: 'none', documents: [], at: 3 }],
      ['sweep of gaps', 7],
    ],
  );
  await page.reload();
  await holds(page, 'ensemble', 1);
  await find(page, 'run-queue >>> [role=alert]');
  const said = async () => {
    const notices = await page.$$('>>> run-queue >>> [role=alert]');
    return Promise.all(notices.map((notice) => notice.evaluate(({ textContent }) => textContent?.trim())));
  };
  const gone = (name: string) => `The kept results of “${name}” could not be read and are gone. It must be `;
  const sentences = await said();
  expect(sentences).toHaveLength(4);
  expect(sentences).toEqual(
    expect.arrayContaining([
      expect.stringContaining(`${gone('gap')}a result of gap as it was written: this one was changed`),
      `${gone('relaxation')}a result of time-evolution.`,
      `${gone('steady state')}a run as it was kept: requests must be a list.`,
      expect.stringContaining(`${gone('sweep of gaps')}a run as it was kept`),
    ]),
  );
  await page.reload();
  await holds(page, 'ensemble', 1);
  expect(await said()).toEqual([]);
  expect(complaints).toEqual([]);
});
