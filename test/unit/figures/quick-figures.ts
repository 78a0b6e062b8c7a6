/** The documents that a figure is drawn from, computed small: one process computes each once. */
import type { DocumentOf } from '../../../src/experiments/registry';
import { requestsOf } from '../../../src/figures/figure';
import { type PanelNumber, panelNumbers } from '../../../src/figures/figure-numbers';
import type { FigureOptions } from '../../../src/figures/figure-options';
import { panels } from '../../../src/figures/panels';
import { pick } from '../../../src/parameters/options';
import { runWithoutGpu } from '../run-without-gpu';

/** Whatever a panel takes of these. */
const small: FigureOptions = { atoms: [18], points: 3, trajectories: 512, seed: 4 };

/** ... but the switching of figure 4 is measured between its own samples. */
const own: Readonly<Record<string, FigureOptions>> = {
  '2d': { atoms: [18, 24, 30] },
  '4': { trajectories: 512, seed: 4 },
};

const requests = new Map(
  panelNumbers.map((number) => {
    const asked: FigureOptions = own[number[0]] ?? own[number] ?? pick(small, panels[number].takes);
    return [number, requestsOf([number], asked).get(number)!];
  }),
);

const documents = new Map<string, Promise<DocumentOf>>();

export const quickDocuments = (number: PanelNumber): Promise<DocumentOf[]> =>
  Promise.all(
    requests.get(number)!.map(({ command, system, options }) => {
      const key = JSON.stringify([command, system, options]);
      const document = documents.get(key) ?? runWithoutGpu(command, system, options);
      documents.set(key, document);
      return document;
    }),
  );
