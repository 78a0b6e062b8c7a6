/** The lab's page without a run: it opens, explains itself, and keeps its view in the address. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltPage, find, serveBuiltPage } from './built-page';

declare global {
  /** when the first plot stood, ms after the page was asked for */
  var firstPlot: number;
}

let lab: BuiltPage;

beforeAll(async () => {
  lab = await serveBuiltPage();
});

afterAll(() => lab.close());

test('the page opens without a word on the console, from its own host alone, with its first plot within 2 s', async () => {
  const { page, complaints } = await lab.open('', () => {
    const look = () => {
      const panel = document.querySelector('dicke-lab')?.shadowRoot?.querySelector('mean-field-panel');
      const plot = panel?.shadowRoot?.querySelector('lab-plot');
      if (plot?.shadowRoot?.querySelector('canvas')) globalThis.firstPlot = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.waitForFunction(() => globalThis.firstPlot > 0);
  expect(await page.evaluate(() => globalThis.firstPlot)).toBeLessThan(2000);
  await find(page, '.adapter');
  expect(complaints).toEqual([]);
});

test('without WebGPU the page says so, says what to do, and still shows the mean field', async () => {
  const { page, complaints } = await lab.open('', () => {
    Object.defineProperty(Navigator.prototype, 'gpu', { get: () => undefined });
  });
  const notice = await find(page, '.no-gpu');
  const words = await notice.evaluate((element) => element.textContent);
  expect(words).toContain('This browser has no WebGPU');
  expect(words).toContain('Use a current Chrome, Edge, Firefox or Safari');
  const run = await find(page, 'trajectories-panel >>> button.primary');
  expect(await run.evaluate((button) => (button as HTMLButtonElement).disabled)).toBe(true);
  expect(complaints).toEqual([]);
});

test('a bad value is explained beside its field, in a form or in a link, and stops the run', async () => {
  const { page, complaints } = await lab.open('?atoms=18&gamma1d=-1&gammaf=1&drive=x');
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

test('the drive moves by key and by pointer, and the address follows and reopens the view', async () => {
  const { page, complaints } = await lab.open('?atoms=30&ratio=15.5&drive=0.7&seed=9');
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
  const { page } = await lab.open('?atoms=18&gamma1d=10&gammaf=1&drive=0.73');
  await (await find(page, 'input[value=ratio]')).evaluate((radio) => (radio as HTMLElement).click());
  await (await find(page, 'input[value=omega]')).evaluate((radio) => (radio as HTMLElement).click());
  await page.waitForFunction(() => location.search.includes('omega'));
  const query = new URLSearchParams(new URL(page.url()).search);
  expect(Number(query.get('ratio'))).toBeCloseTo(170 / 11, 5);
  expect(Number(query.get('omega'))).toBeCloseTo(31.025 / 11, 5);
});
