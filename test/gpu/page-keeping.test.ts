/** What was finished is not lost: by a reload, a crash, a full disk, a lost device, a hidden tab; and saved results go on. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ResultDocument } from '../../src/experiments/experiment';
import type { TrajectoriesResult } from '../../src/experiments/trajectories/trajectories-result';
import type { FromWorker } from '../../src/page/messages';
import { launchBrowser } from '../browser/chromium';
import { type BuiltPage, click, computeWorker, find, gone, serveBuiltPage } from './built-page';
import { type SavedFiles, savedFiles } from './saved-files';

type Ensemble = ResultDocument<TrajectoriesResult>;

const query = (settings: Record<string, number> = {}) =>
  `?${new URLSearchParams(
    Object.entries({
      ...{ atoms: 5, gamma1d: 2, gammaf: 1, drive: 0.73, count: 512, time: 4, 'burn-in': 2, samples: 20 },
      ...{ seed: 3 },
      ...settings,
    }).map(([name, value]) => [name, String(value)]),
  )}`;

const folders: SavedFiles[] = [];
let lab: BuiltPage;

beforeAll(async () => {
  lab = await serveBuiltPage();
});

afterAll(async () => {
  await lab.close();
  for (const folder of folders) folder.remove();
});

const run = (page: Page) => click(page, 'trajectories-panel >>> button.primary');
/** The panel offers its files when the run is over. */
const finished = (page: Page) => find(page, 'trajectories-panel >>> document-files >>> summary');

/** The ensemble that the page holds; null without any. */
const ensemble = (page: Page) =>
  page.evaluate(() => {
    const panel = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('trajectories-panel');
    return (panel?.runs.of('ensemble')?.documents[0] ?? null) as Ensemble | null;
  });

/** Waits until it holds so many trajectories; by the clock, as a hidden page draws no frames. */
const holds = (page: Page, count: number) =>
  page.waitForFunction(
    (count) => {
      const panel = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('trajectories-panel');
      const held = panel?.runs.of('ensemble')?.documents[0]?.result as TrajectoriesResult | undefined;
      return held !== undefined && held.count >= count;
    },
    { polling: 20 },
    count,
  );

async function press(page: Page, label: RegExp): Promise<void> {
  for (const button of await page.$$('>>> trajectories-panel >>> earlier-results >>> button')) {
    const text = await button.evaluate(({ textContent }) => textContent?.trim() ?? '');
    if (label.test(text)) return button.evaluate((element) => (element as HTMLElement).click());
  }
  throw new Error(`No button ${label}`);
}

test('a reload brings the results back, and Clear forgets them', async () => {
  const { page, complaints } = await lab.open(query());
  await run(page);
  await finished(page);
  await isKept(page, 'whole');
  const before = await ensemble(page);
  await page.reload();
  await finished(page);
  expect(await ensemble(page)).toEqual(before);
  await gone(page, 'trajectories-panel >>> lab-plot[stale]');
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.accept();
  });
  await page.evaluate(() => {
    const session = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('session-files');
    const buttons = [...(session?.shadowRoot?.querySelectorAll('button') ?? [])];
    buttons.find(({ textContent }) => textContent === 'Clear')?.click();
  });
  expect(asked).toEqual(['Forget all results? What is not saved as a file is lost.']);
  expect(await ensemble(page)).toBeNull();
  await page.reload();
  await find(page, '.engine');
  expect(await ensemble(page)).toBeNull();
  expect(complaints).toEqual([]);
});

/** Waits until this browser keeps a run: its entry, and what is told about it. @param whole all of it: it is written once the part before it is */
const isKept = (page: Page, whole?: 'whole') =>
  page.waitForFunction(
    async (whole) => {
      const databases = await indexedDB.databases();
      if (!databases.some(({ name }) => name === 'dicke-bistability-lab')) return false;
      const done = <Value>(request: IDBRequest<Value>) =>
        new Promise<Value>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await done(indexedDB.open('dicke-bistability-lab'));
      const entries = await done(database.transaction('runs').objectStore('runs').getAll());
      database.close();
      const isWhole = entries.some(({ documents }) => documents?.[0]?.interrupted === false);
      return entries.length === 2 && (isWhole || !whole);
    },
    { polling: 20 },
    whole,
  );

test('after a crash the run goes on from what was kept, to the same bits', async () => {
  const count = 2048;
  const whole = await lab.open(query({ count }));
  await run(whole.page);
  await finished(whole.page);
  const expected = (await ensemble(whole.page))!.result;
  await whole.page.close();

  const { page } = await lab.open(query({ count }));
  // Of the run the page hears up to its first batch, however late the crash comes.
  await (await computeWorker(page)).evaluate(() => {
    const post = globalThis.postMessage;
    globalThis.postMessage = (message: FromWorker) => {
      post(message);
      if (message.kind === 'event' && message.event.kind === 'partial') globalThis.postMessage = () => {};
    };
  });
  await run(page);
  await isKept(page);
  const context = page.browserContext();
  const address = page.url();
  const session = await page.createCDPSession();
  session.send('Page.crash').catch(() => {});
  const next = await context.newPage();
  await next.goto(address);
  await holds(next, 1);
  const kept = (await ensemble(next))!;
  expect(kept.interrupted).toBe(true);
  expect(kept.result.count).toBeLessThan(count);
  await find(next, 'trajectories-panel >>> earlier-results >>> button');
  await press(next, /^Go on to 2,048$/);
  await holds(next, count);
  const { result } = (await ensemble(next))!;
  expect(result).toEqual(expected);
});

test('a full disk is said, and the results stay on the page', async () => {
  const { page } = await lab.open(query());
  const session = await page.createCDPSession();
  const { origin } = new URL(page.url());
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await run(page);
  await finished(page);
  const notice = await find(page, 'run-queue >>> [role=alert]');
  expect(await notice.evaluate(({ textContent }) => textContent?.replace(/\s+/g, ' '))).toMatch(
    /could not keep the results: .*[Qq]uota.* save them as files\./,
  );
  expect((await ensemble(page))?.result.count).toBe(512);
  const folder = savedFiles();
  folders.push(folder);
  await folder.of(page);
  await click(page, 'trajectories-panel >>> document-files >>> summary');
  await click(page, 'trajectories-panel >>> document-files >>> button');
  expect(JSON.parse(await folder.text('trajectories.json'))).toEqual(await ensemble(page));
  // With room again the next run is kept, and nothing more is said.
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await run(page);
  await page.waitForFunction(() => {
    const queue = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('run-queue');
    return queue?.shadowRoot?.querySelector('section') === null;
  });
  expect((await ensemble(page))?.result.count).toBe(512);
});

test('a hidden tab computes on, and shows its results when seen again', async () => {
  const windows = await serveBuiltPage(launchBrowser);
  const { page, complaints } = await windows.open(query({ count: 2048 }));
  await run(page);
  const other = await page.browserContext().newPage();
  await other.bringToFront();
  await page.waitForFunction(() => document.visibilityState === 'hidden', { polling: 20 });
  await holds(page, 2048);
  expect(await page.evaluate(() => document.visibilityState)).toBe('hidden');
  await page.bringToFront();
  await finished(page);
  expect((await ensemble(page))?.interrupted).toBe(false);
  expect(complaints).toEqual([]);
  await windows.close();
});

test('a lost device costs nothing that was finished: the run goes on with a new one, to the same bits', async () => {
  const count = 2048;
  const { page } = await lab.open(query({ count, time: 20 }), () =>
    localStorage.setItem('dicke-bistability-lab.engine', 'gpu'),
  );
  // As soon as a batch is finished, before the next one is: whatever the page has heard of it by then.
  await (await computeWorker(page)).evaluate(() => {
    let device: GPUDevice | undefined;
    const request = GPUAdapter.prototype.requestDevice;
    GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, ...given) {
      device = await request.apply(this, given);
      return device;
    };
    const post = globalThis.postMessage;
    globalThis.postMessage = (message: FromWorker) => {
      post(message);
      if (message.kind !== 'event' || message.event.kind !== 'partial') return;
      device?.destroy();
      globalThis.postMessage = post;
    };
  });
  await run(page);
  await holds(page, count);
  const document = (await ensemble(page))!;
  expect(document.warnings).toContainEqual(
    expect.stringMatching(/^The GPU device was lost after \d+ trajectories; the run goes on/),
  );
  await run(page);
  await page.waitForFunction(
    (lost) => {
      const panel = globalThis.document
        .querySelector('dicke-lab')
        ?.shadowRoot?.querySelector('trajectories-panel');
      const [now] = panel?.runs.of('ensemble')?.documents ?? [];
      return now && !now.interrupted && now.seconds !== lost;
    },
    { polling: 50 },
    document.seconds,
  );
  expect((await ensemble(page))!.result).toEqual(document.result);
});

/** An ensemble as the page saves it, in a folder of its own. */
async function savedEnsemble(seed: number): Promise<{ path: string; document: Ensemble }> {
  const { page } = await lab.open(query({ seed }));
  const folder = savedFiles();
  folders.push(folder);
  await folder.of(page);
  await run(page);
  await finished(page);
  await click(page, 'trajectories-panel >>> document-files >>> summary');
  await click(page, 'trajectories-panel >>> document-files >>> button');
  return { path: await folder.path('trajectories.json'), document: (await ensemble(page))! };
}

test('saved results are opened: one to go on from, two are merged, others are refused by name', async () => {
  const [one, two] = [await savedEnsemble(11), await savedEnsemble(12)];
  const { page, complaints } = await lab.open(query({ atoms: 6, drive: 0.5, seed: 1 }));
  const open = async (...paths: string[]) => {
    const input = await page.$('>>> trajectories-panel >>> earlier-results >>> input');
    await (input as unknown as ElementHandle<HTMLInputElement>).uploadFile(...paths);
  };
  await open(one.path);
  await holds(page, 512);
  expect(await ensemble(page)).toEqual(one.document);
  // The view is the result's now: nothing on it is stale, and a link to it says the same system.
  await gone(page, 'trajectories-panel >>> lab-plot[stale]');
  await page.waitForFunction(() => new URLSearchParams(location.search).get('seed') === '11');
  expect(new URLSearchParams(new URL(page.url()).search).get('atoms')).toBe('5');

  const count = await find(page, '#count');
  await count.evaluate((input) => {
    (input as HTMLInputElement).value = '1024';
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await page.waitForFunction(() => new URLSearchParams(location.search).get('count') === '1024');
  await press(page, /^Go on to 1,024$/);
  await holds(page, 1024);
  await finished(page);
  expect((await ensemble(page))?.result).toMatchObject({ count: 1024, seed: 11, stoppedBy: 'count' });
  await gone(page, 'trajectories-panel >>> lab-plot[stale]');

  await open(one.path, two.path);
  await page.waitForFunction(
    () => {
      const panel = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('trajectories-panel');
      const [held] = panel?.runs.of('ensemble')?.documents ?? [];
      return (held?.result as TrajectoriesResult | undefined)?.stoppedBy === 'merge';
    },
    { polling: 50 },
  );
  const { result } = (await ensemble(page))!;
  expect(result.count).toBe(1024);
  const [a, b] = [one, two].map(({ document }) => document.result.steady!.Sz);
  expect(result.steady!.Sz.value).toBeCloseTo((a.value + b.value) / 2, 10);
  // Two independent halves: the error of their mean.
  expect(result.steady!.Sz.error).toBeCloseTo(Math.hypot(a.error, b.error) / 2, 3);

  writeFileSync(join(dirname(two.path), 'notes.json'), '{"command": "gap"}');
  await open(join(dirname(two.path), 'notes.json'));
  const refusal = await find(page, 'trajectories-panel >>> earlier-results >>> [role=alert]');
  expect(await refusal.evaluate(({ textContent }) => textContent)).toBe(
    'notes.json holds no result of trajectories.',
  );
  expect((await ensemble(page))?.result.count).toBe(1024);
  expect(complaints).toEqual([]);
});
