/** A figure of the paper as a person gets it by its link: run in the page, and read off its plots. */
import type { Page } from 'puppeteer-core';
import { figureRuns } from '../../components/lab/figures';
import type { PanelName } from '../../components/lab/sections';
import type { RunName } from '../../components/runs/run-names';
import type { LabPanel } from '../../components/shared/lab-panel';
import type { PlotSpec } from '../../src/drawing/plot-spec';
import type { Figure } from '../../src/parameters/presets';
import type { BuiltPage, LabPage } from './built-page';

export interface PlottedCurve {
  readonly label: string;
  readonly x: number[];
  readonly y: (number | null)[];
  readonly error: number[] | null;
}

export interface PlottedFigure {
  readonly page: Page;
  readonly complaints: readonly string[];
  /** the panel's plot whose title begins so, once it has its curves: these by label, and its marks */
  readonly plot: (
    title: string,
    least?: number,
  ) => Promise<{ curves: Map<string, PlottedCurve>; marks: { label: string; at: number }[] }>;
}

/**
 * Opens the link of a figure and waits until all that it runs is done.
 * @param query what the link says besides, such as `points=2`
 * @throws Error with what the page says of a run that failed
 */
export async function openFigure(lab: BuiltPage, figure: Figure, query = ''): Promise<PlottedFigure> {
  const opened = await lab.open(`?figure=${figure}&${query}`);
  const { panel, runs } = figureRuns[figure];
  for (const run of runs) await finished(opened.page, panel, run);
  return plottedOn(opened, figure);
}

/** Of a page that shows the figure. */
export function plottedOn({ page, complaints }: LabPage, figure: Figure): PlottedFigure {
  const { panel } = figureRuns[figure];
  return {
    page,
    complaints,
    async plot(title, least = 1) {
      // The page follows the mean field's flow one curve a task.
      const drawn = await page.waitForFunction(
        (panel, title, least) => {
          const root = document.querySelector('dicke-lab')?.shadowRoot?.querySelector(panel)?.shadowRoot;
          // Of the panel, and of its parts.
          const parts = [...root!.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
          const plots = [root!, ...parts].flatMap((part) => [...part.querySelectorAll('lab-plot')]);
          const specs = plots.map(({ spec }) => spec as PlotSpec);
          const spec = specs.find((spec) => spec.title.startsWith(title));
          if (!spec || spec.curves.length < least) return null;
          const curves = spec.curves.map(({ label, x, y, error }) => ({
            label: label.replaceAll('*', ''),
            x: Array.from(x),
            y: Array.from(y),
            error: error ? Array.from(error) : null,
          }));
          const marks = (spec.marks ?? []).map(({ label, at }) => ({ label: label.replaceAll('*', ''), at }));
          return { curves, marks };
        },
        { polling: 50 },
        panel,
        title,
        least,
      );
      const plotted = (await drawn.jsonValue())!;
      return { ...plotted, curves: new Map(plotted.curves.map((curve) => [curve.label, curve])) };
    },
  };
}

async function finished(page: Page, panel: PanelName, name: RunName): Promise<void> {
  const phase = await page.waitForFunction(
    (panel, name) => {
      const element = document.querySelector('dicke-lab')?.shadowRoot?.querySelector(panel);
      const run = (element as LabPanel).runs.of(name);
      return (run?.phase === 'done' && 'done') || (run?.phase === 'failed' && String(run.error));
    },
    { polling: 50 },
    panel,
    name,
  );
  const words = await phase.jsonValue();
  if (words !== 'done') throw new Error(`The ${name} ended otherwise: ${words}`);
}
