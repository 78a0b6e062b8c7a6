/** The lab's page while it computes: a small ensemble runs, draws, is exported and cancelled, and the page stays smooth. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dataset, File, type Group, ready } from 'h5wasm/node';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ResultDocument } from '../../src/experiments/experiment';
import type { TrajectoriesResult } from '../../src/experiments/trajectories-result';
import { type BuiltPage, find, serveBuiltPage } from './built-page';

const small = '?atoms=5&gamma1d=2&gammaf=1&drive=0.73&count=512&time=4&burn-in=2&samples=20&seed=3';

let lab: BuiltPage;
const folder = mkdtempSync(join(tmpdir(), 'lab-files-'));

beforeAll(async () => {
  lab = await serveBuiltPage();
});

afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true });
});

const click = async (page: Page, selector: string) =>
  (await find(page, selector)).evaluate((element) => element.click());
const run = (page: Page) => click(page, 'trajectories-panel >>> button.primary');
/** The panel offers its files when the run is over. */
const finished = (page: Page) => find(page, 'trajectories-panel >>> document-files >>> summary');

test('a small ensemble runs without a task over 50 ms or a word on the console, and draws its results', async () => {
  const { page, complaints } = await lab.open(small);
  await find(page, '.adapter');
  await settled(page);
  const tasks = await longTasks(page, async () => {
    await run(page);
    await finished(page);
  });
  expect(tasks).toEqual([]);
  const legend = await find(page, 'trajectories-panel >>> .legend');
  expect(await legend.evaluate((element) => element.textContent)).toContain('trajectory 1');
  expect(complaints).toEqual([]);
});

test('JSON and CSV are saved, parse and agree', async () => {
  const { page } = await lab.open(small);
  await run(page);
  await finished(page);
  await saveHere(page);
  await click(page, 'trajectories-panel >>> document-files >>> button');
  const json = JSON.parse(await saved('trajectories.json')) as ResultDocument<TrajectoriesResult>;
  expect(json).toMatchObject({
    schema: 'dicke-bistability/1',
    command: 'trajectories',
    parameters: { atoms: 5 },
    interrupted: false,
    result: { count: 512, seed: 3 },
  });
  await click(page, 'trajectories-panel >>> document-files >>> summary');
  await find(page, 'trajectories-panel >>> document-files >>> li button');
  for (const button of await page.$$('>>> trajectories-panel >>> document-files >>> li button'))
    await button.evaluate((element) => (element as HTMLElement).click());
  const rows = table(await saved('trajectories-Pm.csv'));
  expect(rows.map((row) => [row.m, { value: row.Pm, error: row['Pm.error'] }])).toEqual(
    json.result.Pm!.map((measured, i) => [i - 2.5, measured]),
  );
  const series = table(await saved('trajectories-series.csv'));
  expect(series.map((row) => row['Sz.mean'])).toEqual(json.result.series!.Sz.mean);
});

test('HDF5 is saved with its origin and holds the same numbers', async () => {
  const { page, complaints } = await lab.open(small);
  await run(page);
  await finished(page);
  await saveHere(page);
  const buttons = await page.$$('>>> trajectories-panel >>> document-files >>> button');
  for (const button of buttons) {
    const label = await button.evaluate((element) => element.textContent?.trim());
    if (label === 'HDF5') await button.evaluate((element) => (element as HTMLElement).click());
  }
  await saved('trajectories.h5');
  await ready;
  const file = new File(join(folder, 'trajectories.h5'), 'r');
  const group = file.get('1-trajectories') as Group;
  const attribute = (name: string) => group.attrs[name].value;
  expect([attribute('atoms'), attribute('gamma1D'), attribute('command')]).toEqual([5, 2, 'trajectories']);
  const dataset = (name: string) => group.get(name) as Dataset;
  const json = JSON.parse(String(dataset('json').value)) as ResultDocument<TrajectoriesResult>;
  const { Sz } = json.result.steady!;
  expect([dataset('values/steady.Sz').value, dataset('values/steady.Sz').attrs.error.value]).toEqual([
    Sz.value,
    Sz.error,
  ]);
  expect([...(dataset('series/Sz.mean').value as Float64Array)]).toEqual(json.result.series!.Sz.mean);
  expect(dataset('series/t').attrs.unit.value).toBe('1/rate');
  expect(complaints).toEqual([]);
});

test('the adapter tells its name and passes its self-test', async () => {
  const { page, complaints } = await lab.open(small);
  const badge = await find(page, 'adapter-badge >>> summary');
  await badge.evaluate((summary) => summary.click());
  await click(page, 'adapter-badge >>> button');
  await find(page, 'adapter-badge >>> tbody');
  expect(await badge.evaluate((summary) => summary.textContent)).toContain('self-test passed');
  expect(complaints).toEqual([]);
});

test('cancel takes effect within 200 ms and the next run starts afresh', async () => {
  const { page, complaints } = await lab.open(small.replace('count=512', 'count=200000'));
  await run(page);
  const button = await find(page, 'run-queue >>> run-status >>> button');
  await page.waitForFunction(() => {
    const queue = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('run-queue');
    const status = queue?.shadowRoot?.querySelector('run-status')?.shadowRoot;
    return status?.querySelector('.words')?.textContent?.includes('trajectories');
  });
  const took = await button.evaluate(async (element) => {
    const start = performance.now();
    element.click();
    while (element.isConnected) await new Promise((resolve) => setTimeout(resolve, 1));
    return performance.now() - start;
  });
  expect(took).toBeLessThan(200);
  const count = await find(page, '#count');
  await count.evaluate((input) => {
    (input as HTMLInputElement).value = '256';
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await run(page);
  await finished(page);
  expect(complaints).toEqual([]);
});

test('results of earlier parameters are marked as such', async () => {
  const { page } = await lab.open(small);
  await run(page);
  await finished(page);
  const stale = () => page.$$('>>> trajectories-panel >>> lab-plot[stale]');
  expect(await stale()).toHaveLength(0);
  const knob = await find(page, '[role=slider]');
  await knob.focus();
  await page.keyboard.press('ArrowLeft');
  await find(page, 'trajectories-panel >>> lab-plot[stale]');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => new URLSearchParams(location.search).get('drive') === '0.73');
  expect(await stale()).toHaveLength(0);
});

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** processor time, us: unlike the wall's it does not count what other programs took of a busy machine */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** Waits until opening the page is over, its plots drawn: three idle moments in a row. What follows is the run's own. */
function settled(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const idle = () => new Promise<IdleDeadline>((resolve) => requestIdleCallback(resolve));
    const pause = () => new Promise((resolve) => setTimeout(resolve, 100));
    for (let quiet = 0; quiet < 3; await pause()) quiet = (await idle()).timeRemaining() > 10 ? quiet + 1 : 0;
  });
}

/** Processor times in ms of the main thread's tasks over 50 ms while `work` goes on. */
async function longTasks(page: Page, work: () => Promise<void>): Promise<number[]> {
  await page.tracing.start({ categories: ['toplevel', '__metadata'] });
  await work();
  const trace = new TextDecoder().decode(await page.tracing.stop());
  const events = (JSON.parse(trace) as { traceEvents: TraceEvent[] }).traceEvents;
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const tasks = events.filter(
    ({ name, pid, tid }) =>
      name === 'ThreadControllerImpl::RunTask' && mains.some((main) => main.pid === pid && main.tid === tid),
  );
  if (!tasks.some(({ tdur = 0 }) => tdur > 1000)) throw new Error('The trace holds no times of tasks.');
  return tasks.map(({ tdur = 0 }) => tdur / 1000).filter((ms) => ms > 50);
}

/** Lets the page save its files into the folder. */
async function saveHere(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
}

/** The text of a file that the page saves, once it is there whole. */
async function saved(name: string): Promise<string> {
  for (let waited = 0; !existsSync(join(folder, name)); waited += 20) {
    if (waited > 10_000) throw new Error(`${name} was not saved`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return readFileSync(join(folder, name), 'utf8');
}

/** A CSV with numbers alone, without its comment lines: one record a line. */
function table(csv: string): Record<string, number>[] {
  const [head, ...lines] = csv
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('#'));
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i], Number(cell)])));
}
