/** Where the states live, on the page: triangles and spheres after a run, their table the document's, turned by keys. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltPage, click, find, serveBuiltPage, start } from './built-page';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let lab: BuiltPage;
beforeAll(async () => {
  lab = await serveBuiltPage();
});
afterAll(() => lab.close());

/** What a function of `state-pictures` and what stands in it gives, in the page. */
const inPictures = <Result>(
  page: Page,
  read: (pictures: HTMLElementTagNameMap['state-pictures']) => Result | Promise<Result>,
): Promise<Awaited<Result>> =>
  page
    .evaluateHandle(
      () =>
        document
          .querySelector('dicke-lab')!
          .shadowRoot!.querySelector('metastable-panel')!
          .shadowRoot!.querySelector('state-pictures')!,
    )
    .then((handle) => handle.evaluate(read as never)) as Promise<Awaited<Result>>;

/** The three states' pixels, once they are drawn sharp and rest; the trajectory's never do. */
async function spheres(page: Page): Promise<string[]> {
  let before: string[] = [];
  for (;;) {
    const now = await inPictures(page, async (pictures) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      const element = pictures.shadowRoot!.querySelector('phase-spheres')!;
      const canvases = element.shadowRoot!.querySelectorAll<HTMLCanvasElement>(
        'canvas:not([data-ball=walk])',
      );
      return [...canvases].map((canvas) => canvas.toDataURL());
    });
    if (now.length === 3 && now.every((image, i) => image === before[i])) return now;
    before = now;
  }
}

/** A table that is open, as rows of its texts. */
const rowsOf = (page: Page, element: 'jm-triangle' | 'phase-spheres') =>
  page.evaluate((name) => {
    const panel = document.querySelector('dicke-lab')!.shadowRoot!.querySelector('metastable-panel')!;
    const pictures = panel.shadowRoot!.querySelector('state-pictures')!.shadowRoot!;
    const rows = pictures.querySelector(name)!.shadowRoot!.querySelectorAll('tbody tr');
    return [...rows].map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent));
  }, element);

/** What axe finds in the pictures. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    // What the page does about other media it does before a frame.
    await new Promise(requestAnimationFrame);
    const { violations } = await globalThis.axe.run(
      { fromShadowDom: ['dicke-lab', 'metastable-panel', 'state-pictures'] },
      { resultTypes: ['violations'] },
    );
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`),
    );
  });
}

test('triangles and spheres show the run, turn by keys, and hold the numbers of its document', async () => {
  const { page, complaints } = await lab.open('?atoms=8&gamma1d=10&gammaf=1&drive=0.73', undefined, 'motion');
  const panel = await find(page, 'metastable-panel');
  await panel.evaluate((element) => element.scrollIntoView());
  expect(
    await panel.evaluate((element) => element.shadowRoot!.querySelector('.pictures')!.textContent),
  ).toContain('Run to see each state');
  await start(page, 'metastable-panel', /^This drive/);
  await find(page, 'jm-triangle >>> .drawn svg');
  // The trajectory that the page watches walks while the pictures are in sight, and has a sphere beside the three.
  await (await find(page, 'phase-spheres')).evaluate((element) => element.scrollIntoView());
  await find(page, 'phase-spheres >>> canvas[data-ball=walk]');
  await page.emulateMediaFeatures([]);
  const first = await spheres(page);
  expect(new Set(first).size).toBe(3);

  const balls = await find(page, 'phase-spheres >>> .balls');
  await balls.focus();
  await page.keyboard.press('ArrowLeft');
  const turned = await spheres(page);
  turned.forEach((image, i) => {
    expect(image).not.toBe(first[i]);
  });
  await page.keyboard.press('Home');
  expect(await spheres(page)).toEqual(first);
  await click(page, 'phase-spheres >>> input[type=checkbox]');
  const withCrss = await spheres(page);
  expect(withCrss[1]).not.toBe(first[1]);
  expect([withCrss[0], withCrss[2]]).toEqual([first[0], first[2]]);
  await click(page, 'phase-spheres >>> input[type=checkbox]');

  const { Pjm, Q, errors } = await inPictures(page, ({ document: { result } }) => ({
    Pjm: result.phaseSpace!.plus.Pjm.flat(),
    Q: result.phaseSpace!.minus.Q.flat(),
    errors: result.errors.phaseSpace!,
  }));
  for (const element of ['jm-triangle', 'phase-spheres']) await click(page, `${element} >>> .table summary`);
  await find(page, 'jm-triangle >>> tbody td');
  await find(page, 'phase-spheres >>> tbody td');
  const near = (text: string | null, value: number) => {
    const shown = Number(text!.replaceAll('−', '-'));
    expect(Math.abs(shown - value)).toBeLessThanOrEqual(1e-2 * Math.abs(value));
  };
  const triangle = await rowsOf(page, 'jm-triangle');
  expect(triangle).toHaveLength(25);
  triangle.forEach((row, i) => {
    near(row[4], Pjm[i]);
    near(row[5], errors.plus.Pjm);
  });
  const sphere = await rowsOf(page, 'phase-spheres');
  expect(sphere).toHaveLength(9 * 18);
  sphere.forEach((row, i) => {
    near(row[6], Q[i]);
  });

  await click(page, 'phase-spheres >>> .table summary');

  const cell = await find(page, 'jm-triangle >>> .picture');
  await cell.focus();
  await page.keyboard.press('ArrowRight');
  const said = await page.waitForFunction(() => {
    const panel = document.querySelector('dicke-lab')!.shadowRoot!.querySelector('metastable-panel')!;
    const pictures = panel.shadowRoot!.querySelector('state-pictures')!.shadowRoot!;
    return pictures
      .querySelector('jm-triangle')!
      .shadowRoot!.querySelector('[aria-live]')!
      .textContent?.trim();
  });
  expect(await said.jsonValue()).toMatch(/^j = 4, m = 0 , rho s 0\.\d+, rho plus 0\.\d+/);

  expect(await violations(page)).toEqual([]);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await page.setViewport({ width: 390, height: 844 });
  expect(await violations(page)).toEqual([]);
  expect(complaints).toEqual([]);
});
