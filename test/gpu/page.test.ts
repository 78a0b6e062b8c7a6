/** The lab's page without a run: it opens, explains itself, and keeps its view in the address. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageFields } from '../../components/parameters/fields';
import { type BuiltPage, click, find, follow, serveBuiltPage } from './built-page';

let lab: BuiltPage;
/** what most tests go on with */
let page: Page;
let complaints: string[];

beforeAll(async () => {
  lab = await serveBuiltPage();
  ({ page, complaints } = await lab.open(''));
});

afterAll(() => lab.close());

/** Whoever asks for an adapter waits for ever. */
function withoutAnswer(): void {
  GPU.prototype.requestAdapter = () => new Promise(() => {});
}

test('the page opens without a word on the console, from its own host alone', async () => {
  await find(page, '.engine');
  expect(complaints).toEqual([]);
});

test('the first plot needs few files, few bytes and no GPU', async () => {
  const { page: opened, complaints } = await lab.open('', withoutAnswer);
  await find(opened, 'mean-field-panel >>> lab-plot >>> canvas');
  const loaded = await opened.evaluate(() => {
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    return entries.map(({ name }) => [new URL(name).pathname]);
  });
  expect(await opened.$('>>> .engine')).toBeNull();
  // As a server sends it, and before the workers' own code, which is loaded beside it.
  const files = loaded.filter(([name]) => !/worker/.test(name)).map(([name]) => join('dist/page', name));
  expect(files.length).toBeLessThan(10);
  const bytes = [join('dist/page', 'index.html'), ...files].map(
    (file) => gzipSync(readFileSync(file)).length,
  );
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000);
  expect(complaints).toEqual([]);
});

test('without WebGPU the page says so, says what to do, and computes all the same', async () => {
  const { page, complaints } = await lab.open('?atoms=3&count=256&time=2&burn-in=1&samples=4', () => {
    Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined });
  });
  const badge = await find(page, 'engine-badge >>> summary');
  expect(await badge.evaluate((element) => element.textContent)).toMatch(/^CPU, \d+ threads$/);
  await badge.evaluate((element) => element.click());
  const details = await find(page, 'engine-badge >>> details');
  const words = await details.evaluate((element) => element.textContent);
  expect(words).toContain('This browser has no WebGPU');
  expect(words).toContain('Use a current Chrome, Edge, Firefox or Safari');
  await click(page, 'trajectories-panel >>> button.primary');
  await find(page, 'trajectories-panel >>> document-files >>> summary');
  const note = await find(page, 'trajectories-panel >>> .note');
  const told = await note.evaluate((element) => element.textContent);
  expect(told).toMatch(/ on the CPU engine, version\s/);
  // Warnings in the page's words.
  expect(told).toContain('Take more trajectories or a longer T.');
  expect(complaints).toEqual([]);
});

test('a bad value is explained beside its field, in a form or in a link, and stops the run', async () => {
  await follow(page, '?atoms=18&gamma1d=-1&gammaf=1&drive=x');
  for (const [field, words] of [
    ['gamma1d', 'Must be a number (a rate) from 0 to 1000000000000.'],
    ['drive', 'Must be a number (Ω/Ω_c) from 0'],
  ]) {
    const problem = await find(page, `#${field}-problem`);
    expect(await problem.evaluate((element) => element.textContent)).toContain(words);
    const input = await find(page, `#${field}`);
    expect(await input.evaluate((element) => element.getAttribute('aria-invalid'))).toBe('true');
  }
  const run = await find(page, 'trajectories-panel >>> button.primary');
  expect(await run.evaluate((button) => (button as HTMLButtonElement).disabled)).toBe(true);
  expect(complaints).toEqual([]);
});

test('every field explains beside it what it takes', async () => {
  const systems = ['?gamma1d=-1&gammaf=x&omega=-2', '?atoms=18&ratio=99&drive=x', '?atoms=0&figure=9z'];
  const sweep = 'from=-1&to=-2&points=1&numbers=1';
  const ensemble = 'count=0&time=0&burn-in=-1&samples=0&seed=-1&unraveling=none&phase=x&efficiency=0&ramp=y';
  const more =
    'detuning=x&collective-shift=&pumping=-1&dephasing=-1&collective-pumping=1e99&collective-dephasing=many&port=window';
  const rest = `${sweep}&${ensemble}&g2-time=-1&g2-bins=0.5&records=-1&${more}`;
  const refused = new Set<string>();
  for (const system of systems) {
    await follow(page, `${system}&${rest}`);
    await find(page, '#seed-problem');
    const problems = await page.$$('>>> .problem');
    for (const problem of problems) {
      const [id, text] = await problem.evaluate(({ id, textContent }) => [id, textContent ?? '']);
      const field = id.replace('-problem', '');
      const described = await (await find(page, `#${field}`)).evaluate((input) => [
        input.getAttribute('aria-describedby'),
        input.getAttribute('aria-invalid'),
      ]);
      expect(described).toEqual([id, 'true']);
      expect(text).toMatch(/^Must be .+\.$/);
      refused.add(field);
    }
  }
  expect([...refused].sort()).toEqual(['preset', ...pageFields].sort());
});

test('the drive moves by key and by pointer, and the address follows and reopens the view', async () => {
  await follow(page, '?atoms=30&ratio=15.5&drive=0.7&seed=9');
  const knob = await find(page, '[role=slider]');
  await knob.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => new URLSearchParams(location.search).get('drive') === '0.72');
  const box = (await knob.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y, { steps: 4 });
  await page.mouse.up();
  await page.waitForFunction(() => Number(new URLSearchParams(location.search).get('drive')) > 0.73);
  const { search } = new URL(page.url());
  expect(Object.fromEntries(new URLSearchParams(search))).toMatchObject({
    atoms: '30',
    ratio: '15.5',
    seed: '9',
  });
  const again = await lab.open(search);
  const atoms = await find(again.page, '#atoms');
  expect(await atoms.evaluate((input) => (input as HTMLInputElement).value)).toBe('30');
  expect([...complaints, ...again.complaints]).toEqual([]);
});

test('the other way of saying a rate or a drive means the same system', async () => {
  await follow(page, '?atoms=18&gamma1d=10&gammaf=1&drive=0.73');
  await (await find(page, 'input[value=ratio]')).evaluate((radio) => (radio as HTMLElement).click());
  await (await find(page, 'input[value=omega]')).evaluate((radio) => (radio as HTMLElement).click());
  await page.waitForFunction(() => location.search.includes('omega'));
  const query = new URLSearchParams(new URL(page.url()).search);
  expect(Number(query.get('ratio'))).toBeCloseTo(170 / 11, 5);
  expect(Number(query.get('omega'))).toBeCloseTo(31.025 / 11, 5);
});

// Last: what it tries is told on the console.
test('a content security policy lets the page load and talk to its own host alone', async () => {
  const refused = await page.evaluate(async () => {
    const policy = document.querySelector('meta[http-equiv=Content-Security-Policy]');
    const violation = new Promise<string>((resolve) =>
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        resolve(effectiveDirective),
      ),
    );
    const failure = await fetch('https://example.org').catch((error: Error) => error.name);
    return { policy: policy?.getAttribute('content'), failure, directive: await violation };
  });
  expect(refused).toMatchObject({ failure: 'TypeError', directive: 'connect-src' });
  expect(refused.policy).toContain("default-src 'none'");
  expect(refused.policy).not.toMatch(/https?:|\*/);
});
