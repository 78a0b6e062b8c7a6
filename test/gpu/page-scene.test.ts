/** The opening scene: a trajectory walks before anybody asks, on through changes of the drive, and stands still for who wants that. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LiveTrajectory } from '../../src/page/live-trajectory';
import { type BuiltPage, find, serveBuiltPage } from './built-page';

const bistable = '?atoms=18&gamma1d=10&gammaf=1&drive=0.72';

let lab: BuiltPage;
beforeAll(async () => {
  lab = await serveBuiltPage();
});
afterAll(() => lab.close());

declare global {
  /** the page's */
  var live: LiveTrajectory;
}

async function open(query: string, before?: () => void) {
  const opened = await lab.open(query, before, 'motion');
  await opened.page.evaluate(() => {
    globalThis.live = document
      .querySelector('dicke-lab')!
      .shadowRoot!.querySelector('mean-field-panel')!.live;
  });
  return opened;
}

const walked = (page: Page) => page.evaluate(() => live.samples[live.samples.length - 1]?.t ?? 0);
const walksTo = (page: Page, t: number) =>
  page.waitForFunction((t) => live.samples.length > 0 && live.samples[live.samples.length - 1].t >= t, {}, t);

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

const button = async (page: Page, label: string) => {
  const buttons = await page.$$('>>> opening-scene >>> .controls button');
  for (const one of buttons)
    if ((await one.evaluate(({ textContent }) => textContent!.trim())) === label) return one;
  throw new Error(`The scene has no button ${label}.`);
};
const press = async (page: Page, label: string) =>
  (await button(page, label)).evaluate((element) => (element as HTMLElement).click());

const picture = (page: Page, part: string) =>
  page.evaluate((part) => {
    const scene = document
      .querySelector('dicke-lab')!
      .shadowRoot!.querySelector('mean-field-panel')!
      .shadowRoot!.querySelector('opening-scene')!;
    return scene.renderRoot.querySelector<HTMLCanvasElement>(`${part} canvas`)!.toDataURL();
  }, part);

test('a trajectory walks and is drawn before anything is pressed, takes the committor’s colours, and goes on as the drive moves', async () => {
  const { page, complaints } = await open(bistable);
  await walksTo(page, 1);
  const first = [await picture(page, '.telegraph'), await picture(page, '.distribution')];
  expect(await page.evaluate(() => [live.samples[0].Sz, live.samples[0].p])).toEqual([-9, null]);
  await walksTo(page, (await walked(page)) + 1);
  expect(await picture(page, '.telegraph')).not.toBe(first[0]);
  expect(await picture(page, '.distribution')).not.toBe(first[1]);
  // The two states come by themselves.
  await page.waitForFunction(() => live.samples[live.samples.length - 1].p !== null);
  const states = await page.evaluate(() => {
    const { plus, minus } = live.twoStates.states!;
    const { p } = live.samples[live.samples.length - 1];
    return { plus: plus.Sz, minus: minus.Sz, weights: plus.weight + minus.weight, p: p! };
  });
  expect(states.plus).toBeLessThan(states.minus);
  expect(states.weights).toBeGreaterThan(0.7);
  expect(states.weights).toBeLessThan(1.1);
  expect(states.p).toBeGreaterThan(-0.5);
  expect(states.p).toBeLessThan(1.5);
  const before = await page.evaluate(() => live.samples[live.samples.length - 1]);
  await (await find(page, 'mean-field-panel >>> [role=slider]')).focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => live.samples[live.samples.length - 1].drive === 0.73);
  const after = await page.evaluate(() => {
    const i = live.samples.findIndex(({ drive }) => drive === 0.73);
    return { last: live.samples[i - 1], next: live.samples[i], first: live.samples[0].t };
  });
  expect(after.last.drive).toBe(0.72);
  expect(after.next.t).toBeCloseTo(after.last.t + 0.04, 6);
  expect(after.next.t).toBeGreaterThanOrEqual(before.t);
  // What was known of the states was of another drive.
  expect(after.next.p).toBeNull();
  await page.waitForFunction(() => live.samples[live.samples.length - 1].p !== null);
  // Other atoms are another walk.
  await set(page, 'atoms', '17');
  await page.waitForFunction(() => live.samples[0]?.Sz === -8.5 && live.samples[0].t === 0);
  expect(complaints).toEqual([]);
});

test('Pause, speed and Start again do what they say, and out of sight it rests', async () => {
  const { page, complaints } = await open(bistable);
  await walksTo(page, 0.5);
  await press(page, 'Pause');
  /** Where it stands once it does: whatever was asked of it before comes first. */
  const rest = async () => {
    let at = await walked(page);
    for (let tries = 0; tries < 20; tries++) {
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
      const now = await walked(page);
      if (now === at) return at;
      at = now;
    }
    throw new Error(`It walks on, to ${at}.`);
  };
  const paused = await rest();
  await press(page, 'Play');
  await walksTo(page, paused + 0.5);
  await page.select('>>> opening-scene >>> .controls select', '16');
  expect(await page.evaluate(() => live.speed)).toBe(16);
  await walksTo(page, paused + 20);
  await press(page, 'Start again');
  await page.waitForFunction(() => live.samples.length > 1 && live.samples[0].t === 0);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await rest();
  await page.evaluate(() => scrollTo(0, 0));
  await walksTo(page, (await walked(page)) + 1);
  expect(complaints).toEqual([]);
});

test('where motion is not wanted a whole window stands still, anew after a change, until Play is pressed', async () => {
  const { page, complaints } = await open('', () => {
    const matches = matchMedia;
    globalThis.matchMedia = (query) => (query.includes('reduced-motion') ? matches('all') : matches(query));
  });
  const isStill = async (drive: number) => {
    // In grey, and once more in the colours of the two states.
    await page.waitForFunction(
      (drive) =>
        live.samples.length === 1001 &&
        live.samples.every((sample) => sample.drive === drive && sample.p !== null),
      { polling: 50 },
      drive,
    );
    const at = await walked(page);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    expect(await walked(page)).toBe(at);
    return at;
  };
  expect(await isStill(0.73)).toBeCloseTo(80.04, 6);
  await set(page, 'drive', '0.75');
  const last = await isStill(0.75);
  await press(page, 'Play');
  // At once: within some frames, not after as long as the still window spans.
  const frames = await page.evaluate(async (last) => {
    let frames = 0;
    for (; live.samples[live.samples.length - 1].t < last + 0.5; frames++)
      await new Promise((resolve) => requestAnimationFrame(resolve));
    return frames;
  }, last);
  expect(frames).toBeLessThan(300);
  expect(complaints).toEqual([]);
});

test('Eq. (1) and the cavity have what the system has, and what is changed lights up', async () => {
  const { page, complaints } = await open(bistable);
  const terms = () =>
    page.evaluate(() => {
      const scene = document
        .querySelector('dicke-lab')!
        .shadowRoot!.querySelector('mean-field-panel')!
        .shadowRoot!.querySelector('opening-scene')!;
      const equation = scene.renderRoot.querySelector('master-equation')!.renderRoot;
      const cavity = scene.renderRoot.querySelector('cavity-picture')!.renderRoot;
      return {
        words: [...equation.querySelectorAll('.term small')].map(({ textContent }) => textContent),
        lit: [...equation.querySelectorAll('.term.touched small')].map(({ textContent }) => textContent),
        cavity: cavity.querySelector('svg')!.getAttribute('aria-label'),
      };
    });
  const { words, lit, cavity } = await terms();
  expect(words).toEqual(['drive', 'all together, through the mirror', 'one by one, to the side']);
  expect(lit).toEqual([]);
  expect(cavity).toBe(
    '18 atoms between two mirrors, driven from the left (Ω), decaying together through the mirror (γ_1D), each decaying to the side (γ_F).',
  );
  // In one go: it is lit for a moment.
  const [nowLit] = await Promise.all([
    page.waitForFunction(() => {
      const scene = document
        .querySelector('dicke-lab')!
        .shadowRoot!.querySelector('mean-field-panel')!
        .shadowRoot!.querySelector('opening-scene')!;
      const equation = scene.renderRoot.querySelector('master-equation')!.renderRoot;
      const lit = [...equation.querySelectorAll('.term.touched small')].map(({ textContent }) => textContent);
      return lit.length > 0 && lit;
    }),
    set(page, 'dephasing', '0.5'),
  ]);
  expect(await nowLit.jsonValue()).toEqual(['dephasing, one by one']);
  const now = await terms();
  expect(now.words).toContain('dephasing, one by one');
  expect(now.cavity).toContain('each dephased (γ_φ)');
  await page.waitForFunction(
    () =>
      document
        .querySelector('dicke-lab')!
        .shadowRoot!.querySelector('mean-field-panel')!
        .shadowRoot!.querySelector('opening-scene')!
        .renderRoot.querySelector('master-equation')!
        .renderRoot.querySelector('.touched') === null,
  );
  expect(complaints).toEqual([]);
});

test('what stands there is given as plots with tables and files', async () => {
  const { page, complaints } = await open(bistable);
  await walksTo(page, 2);
  await (await find(page, 'opening-scene >>> .data summary')).evaluate((summary) => summary.click());
  await find(page, 'opening-scene >>> .still lab-plot');
  const specs = await page.evaluate(() => {
    const scene = document
      .querySelector('dicke-lab')!
      .shadowRoot!.querySelector('mean-field-panel')!
      .shadowRoot!.querySelector('opening-scene')!;
    return [...scene.renderRoot.querySelectorAll('lab-plot')].map(({ spec: { title, curves } }) => ({
      title,
      points: curves.map(({ x }) => x.length),
      sum: Array.from(curves.at(-1)!.y).reduce<number>((sum, y) => sum + (y ?? 0), 0),
    }));
  });
  expect(specs.map(({ title }) => title)).toEqual([
    'Magnetization of the watched trajectory',
    'Distribution of the watched trajectory',
  ]);
  expect(specs[0].points[0]).toBeGreaterThan(40);
  expect(specs[1].points.at(-1)).toBe(19);
  expect(specs[1].sum).toBeCloseTo(1, 5);
  expect(complaints).toEqual([]);
});

test('many atoms are watched when asked for, and what would take too long says so', async () => {
  const { page, complaints } = await open('?atoms=60&ratio=15.5&drive=0.75');
  expect(await page.evaluate(() => live.samples.length)).toBe(0);
  await press(page, 'Watch a trajectory');
  await walksTo(page, 0.2);
  await set(page, 'detuning', '1e9');
  await page.waitForFunction(() => live.isTooDear);
  const words = await find(page, 'opening-scene >>> .bar p');
  expect(await words.evaluate(({ textContent }) => textContent)).toContain('takes too long to be watched');
  expect(complaints).toEqual([]);
});
