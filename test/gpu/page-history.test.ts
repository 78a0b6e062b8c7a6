/** Back and forward through what was looked at, and what a browser keeps for its tabs: to each the results of its own system. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunName } from '../../components/runs/run-names';
import { systemParameters } from '../../src/parameters/system';
import { documentOf, ensembleDocument, ensembleSystem } from '../documents';
import { type BuiltPage, click, find, greyRuns, serveBuiltPage } from './built-page';

const folder = mkdtempSync(join(tmpdir(), 'lab-history-'));
let lab: BuiltPage;
beforeAll(async () => {
  lab = await serveBuiltPage();
});
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true });
});

const query = (atoms: number, drive = 0.73) =>
  `?atoms=${atoms}&gamma1d=2&gammaf=1&drive=${drive}&count=256&time=4&burn-in=2&samples=20&seed=3`;

/** What of a run is on screen: the system of each document. */
const shown = (page: Page, name: RunName = 'ensemble') =>
  page.evaluate((name) => {
    const panel = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('trajectories-panel');
    const run = panel?.runs.of(name);
    return (run?.documents ?? []).map(({ parameters }) => [parameters.atoms, parameters.driveOverCritical]);
  }, name);

const shows = (page: Page, systems: readonly (readonly [number, number])[], name: RunName = 'ensemble') =>
  page.waitForFunction(
    (name, systems) => {
      const panel = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('trajectories-panel');
      const run = panel?.runs.of(name);
      const now = (run?.documents ?? []).map(({ parameters }) => [
        parameters.atoms,
        parameters.driveOverCritical,
      ]);
      return JSON.stringify(now) === systems && run?.phase !== 'waiting' && run?.phase !== 'running';
    },
    { polling: 30 },
    name,
    JSON.stringify(systems),
  );

const run = (page: Page) => click(page, 'trajectories-panel >>> button.primary');
const isStale = async (page: Page) =>
  (await page.$$('>>> trajectories-panel >>> lab-plot[stale]')).length > 0;

/** Another tab of the same browser. */
async function tab(page: Page, query: string): Promise<Page> {
  const other = await page.browserContext().newPage();
  await other.bringToFront();
  await other.goto(new URL(query, lab.address).href);
  await find(other, '.u-wrap canvas');
  return other;
}

/** Types into the drive's field, a character a task and in one go: in the page, whose clock says what one go is. */
async function type(page: Page, text: string): Promise<void> {
  await (await find(page, '#drive')).evaluate(async (input, text) => {
    for (let length = 3; length <= text.length; length++) {
      (input as HTMLInputElement).value = text.slice(0, length);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve));
    }
  }, text);
  await page.waitForFunction((text) => new URLSearchParams(location.search).get('drive') === text, {}, text);
}

const drive = (page: Page) => new URL(page.url()).searchParams.get('drive');

test('tabs do not take each other’s results, and a link finds those of its own system', async () => {
  const { page, complaints } = await lab.open(query(5));
  await run(page);
  await shows(page, [[5, 0.73]]);
  const other = await tab(page, query(6));
  await run(other);
  await shows(other, [[6, 0.73]]);
  await page.bringToFront();
  await page.reload();
  await shows(page, [[5, 0.73]]);
  await other.reload();
  await shows(other, [[6, 0.73]]);
  const third = await tab(page, query(6));
  await shows(third, [[6, 0.73]]);
  expect(await isStale(third)).toBe(false);
  // The same browser, a system that nothing was run of; typed back it has what the other tab ran.
  await third.goto(new URL(query(5, 0.5), lab.address).href);
  await find(third, '.engine');
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(await shown(third)).toEqual([]);
  await type(third, '0.73');
  await shows(third, [[5, 0.73]]);
  expect(await isStale(third)).toBe(false);
  expect(complaints).toEqual([]);
});

test('back and forward bring the view and its results; what is typed in one go is one step', async () => {
  const { page, complaints } = await lab.open(query(5));
  const steps = () => page.evaluate(() => history.length);
  await run(page);
  await shows(page, [[5, 0.73]]);
  const first = await steps();
  await type(page, '0.5125');
  expect(await steps()).toBe(first + 1);
  // As before, those of the earlier drive stay on screen, greyed.
  expect(await shown(page)).toEqual([[5, 0.73]]);
  expect(await isStale(page)).toBe(true);
  await run(page);
  await shows(page, [[5, 0.5125]]);
  await new Promise((resolve) => setTimeout(resolve, 1600));
  await (await find(page, '#preset')).evaluate((select) => {
    (select as HTMLSelectElement).value = 'S2';
    select.dispatchEvent(new Event('change'));
  });
  await page.waitForFunction(() => new URLSearchParams(location.search).get('figure') === 'S2');
  expect(await steps()).toBe(first + 2);
  await page.goBack();
  await shows(page, [[5, 0.5125]]);
  expect(await isStale(page)).toBe(false);
  await page.goBack();
  await shows(page, [[5, 0.73]]);
  expect(drive(page)).toBe('0.73');
  expect(await isStale(page)).toBe(false);
  expect(await (await find(page, '#drive')).evaluate((input) => (input as HTMLInputElement).value)).toBe(
    '0.73',
  );
  await page.goForward();
  await shows(page, [[5, 0.5125]]);
  expect(await isStale(page)).toBe(false);
  expect(await steps()).toBe(first + 2);
  expect(complaints).toEqual([]);
});

test('a session opens whole, and back is what was there before', async () => {
  const { page, complaints } = await lab.open(query(5));
  const system = { atoms: 3, gamma1d: 2, gammaf: 1 };
  const sweep = await Promise.all(
    [0.5, 0.7].map((drive) => documentOf('steady-state', { ...system, drive })),
  );
  const gap = await documentOf('gap', { ...system, drive: 0.7 });
  const path = join(folder, 'session.json');
  writeFileSync(path, JSON.stringify([gap, sweep, await ensembleDocument()]));
  const input = await page.$('>>> session-files >>> input');
  await (input as unknown as ElementHandle<HTMLInputElement>).uploadFile(path);
  await shows(page, [[3, 0.7]]);
  await shows(page, [[3, 0.7]], 'gap');
  const points = [
    [3, 0.5],
    [3, 0.7],
  ] as const;
  await shows(page, points, 'sweep of steady states');
  // The sweep's fields say its points: nothing of it is of other parameters.
  expect(await greyRuns(page)).toEqual([]);
  await page.goBack();
  await shows(page, []);
  await shows(page, [], 'gap');
  expect(new URL(page.url()).searchParams.get('atoms')).toBe('5');
  await page.goForward();
  await shows(page, points, 'sweep of steady states');
  await page.reload();
  await shows(page, [[3, 0.7]], 'gap');
  await shows(page, points, 'sweep of steady states');
  expect(complaints).toEqual([]);
});

/** Puts entries into the browser's storage, and says what is in it. */
const stored = (page: Page, entries: readonly (readonly [string, unknown])[] = []) =>
  page.evaluate(
    (entries) =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('dicke-bistability-lab');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const store = opening.result.transaction('runs', 'readwrite').objectStore('runs');
          for (const [key, entry] of entries) store.put(entry, key as string);
          const all = store.getAllKeys();
          all.onsuccess = () => {
            opening.result.close();
            resolve(all.result.map(String));
          };
        };
      }),
    entries,
  );

test('what is kept is bounded, the oldest goes, and what earlier versions kept moves to its system', async () => {
  const { page, complaints } = await lab.open(query(5));
  await find(page, '.engine');
  await page.waitForFunction(async () => (await indexedDB.databases()).length > 0, { polling: 50 });
  const ensemble = await ensembleDocument();
  const { drive: _drive, ...system } = ensembleSystem;
  const omega = systemParameters(ensembleSystem).omega;
  const request = { command: 'trajectories', system: { ...system, omega }, options: {} };
  const old = { name: 'ensemble', requests: [request], documents: [ensemble], at: 1e12 };
  const many = Array.from({ length: 70 }, (_, i) => i).flatMap((i): [string, unknown][] => [
    [`run gap ${i}`, { name: 'gap', requests: [], documents: [], at: i }],
    [`about run gap ${i}`, { at: i, bytes: 1000 }],
  ]);
  await stored(page, [...many, ['run gap altered', 7], ['ensemble', old]]);
  await page.goto(new URL('?atoms=3&gamma1d=2&gammaf=1&drive=0.7', lab.address).href);
  await shows(page, [[3, 0.7]]);
  const keys = await stored(page);
  const gaps = keys.filter((key) => key.startsWith('run gap')).map((key) => key.slice('run gap '.length));
  expect(keys).not.toContain('ensemble');
  expect(keys.filter((key) => key.startsWith('run '))).toHaveLength(60);
  expect(keys.filter((key) => key.startsWith('about '))).toHaveLength(60);
  expect(gaps).toContain('69');
  expect(gaps).not.toContain('0');

  const kept = keys.find((key) => key.startsWith('run ensemble'))!;
  await stored(page, [[kept, 7]]);
  const other = await tab(page, '?atoms=3&gamma1d=2&gammaf=1&drive=0.7');
  const said = await find(other, 'run-queue >>> [role=alert]');
  expect(await said.evaluate(({ textContent }) => textContent?.trim())).toMatch(
    /^The kept results of “ensemble” could not be read and are gone/,
  );
  expect(await stored(page)).not.toContain(kept);
  expect(complaints).toEqual([]);
});
