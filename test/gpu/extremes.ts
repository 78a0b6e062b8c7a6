/** The page at the ends of what each field takes, and past them: it goes on, draws numbers or says what is wrong. In two files, which take half a minute each. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Field, fieldOptions } from '../../components/parameters/fields';
import { checkView, viewFromQuery } from '../../components/parameters/view';
import type { PlotSpec } from '../../src/drawing/plot-spec';
import { systemOptions } from '../../src/parameters/system-options';
import { type BuiltPage, follow, serveBuiltPage } from './built-page';

/** The ends of the field's range, just inside and just outside; 0 and next to it where the range begins there. */
function ends(field: Field): string[] {
  const { value } = fieldOptions[field];
  if (value.kind === 'choice') return [...value.of];
  if (!('to' in value)) return [];
  const { from = 0, above = from, to } = value;
  const numbers = field in systemOptions ? [above, 1e-12, 1e-3 * to, to, 2 * to, -1] : [above, to, 2 * to];
  return [...new Set(numbers)].map(String);
}

const links = (Object.keys(fieldOptions) as Field[]).map((field) => {
  // What is drawn before anything runs follows the system alone.
  const others = field in systemOptions ? ['', '&atoms=1000', '&gamma1d=0', '&omega=1e5'] : [''];
  // Of a field that a link says twice the first counts: it is seen already.
  const further = others.filter((other) => !other.startsWith(`&${field}=`));
  return [field, ends(field).flatMap((text) => further.map((other) => `${field}=${text}${other}`))] as const;
});

/** Follows a link, until every panel is drawn with what it says, and reads its plots' numbers. */
async function numbersOf(page: Page, query: string): Promise<{ title: string; lost: number }[]> {
  await follow(page, `?${query}`);
  return page.evaluate(async () => {
    const lab = document.querySelector('dicke-lab')!;
    const root = lab.shadowRoot!;
    const panel = root.querySelector('mean-field-panel')!;
    const panels = [...root.querySelectorAll('main > *')] as (Element & {
      updateComplete: Promise<unknown>;
    })[];
    for (const { updateComplete } of panels) await updateComplete;
    // The flow is followed in stretches, after which the panel draws it.
    const flow = () =>
      [...panel.shadowRoot!.querySelectorAll('lab-plot')].find(({ spec }) =>
        spec.title.startsWith('Mean-field flow'),
      )!;
    // By the clock: a wait for the next frame would have one drawn.
    while (flow().stale || flow().spec.curves.length === 0)
      await new Promise((resolve) => setTimeout(resolve, 10));
    const specs = panels.flatMap(({ shadowRoot }) =>
      [...(shadowRoot?.querySelectorAll('lab-plot') ?? [])].map(({ spec }) => spec as PlotSpec),
    );
    const lostOf = (numbers: ArrayLike<number | null | undefined>) => {
      let lost = 0;
      for (let i = 0; i < numbers.length; i++) if (!Number.isFinite(numbers[i] ?? 0)) lost++;
      return lost;
    };
    return specs.map(({ title, curves, marks = [], x, y }) => {
      const ends = [...marks.map(({ at }) => at), x.min, x.max, y.min, y.max];
      const lost = curves.reduce((sum, { x, y }) => sum + lostOf(x) + lostOf(y), lostOf(ends));
      return { title, lost };
    });
  });
}

/** Tests every other field, from the first or the second on: they take about the same. */
export function testExtremes(half: 0 | 1): void {
  let lab: BuiltPage;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    lab = await serveBuiltPage();
    ({ page, complaints } = await lab.open(''));
  });

  afterAll(() => lab.close());

  test.each(links.filter((_, i) => i % 2 === half))('%s', async (_, queries) => {
    for (const query of queries) {
      const plots = await numbersOf(page, query);
      expect(
        plots.filter(({ lost }) => lost > 0),
        query,
      ).toEqual([]);
      const { problems } = checkView(viewFromQuery(query));
      const shown = await page.evaluate(() => {
        const form = document.querySelector('dicke-lab')!.shadowRoot!.querySelector('system-form')!;
        return [...form.shadowRoot!.querySelectorAll('.problem')].map(({ textContent }) => textContent);
      });
      expect(shown.toSorted(), query).toEqual([...problems.values()].toSorted());
    }
    expect(complaints).toEqual([]);
  });
}
