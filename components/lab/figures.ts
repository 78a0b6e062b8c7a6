/** What each of the paper's figures, and each preset beyond it, needs run, and where the page shows it. */
import { measured } from '../../src/drawing/number';
import type { ResultDocument } from '../../src/experiments/experiment';
import { type DocumentOf, isOf } from '../../src/experiments/registry';
import type { RunRequest } from '../../src/experiments/run';
import { sweepOf, sweepRequests } from '../../src/figures/sweep';
import { ALL_PRESETS, PRESETS, type Preset, type PresetName } from '../../src/parameters/presets';
import { systemParameters } from '../../src/parameters/system';
import { isOfSeveral, type RunName, runCommands } from '../runs/run-names';
import type { PanelName } from './sections';

/** A number that the paper's text gives of a figure. */
export interface PaperNumber {
  /** in the markup of `notation` */
  readonly symbol: string;
  readonly paper: string;
  /** ours with its error, null where no document has it */
  readonly ours: (documents: readonly ResultDocument[]) => string | null;
}

export interface FigureRun {
  readonly panel: PanelName;
  /** how the title of its plot begins */
  readonly plot: string;
  /** names of the panel's runs; the mean field is always there */
  readonly runs: readonly RunName[];
  readonly numbers?: readonly PaperNumber[];
}

/** Of the first document of a command. */
const of =
  <Command extends 'metastable' | 'gap-scaling'>(
    command: Command,
    value: (result: DocumentOf<Command>['result']) => string | null,
  ): PaperNumber['ours'] =>
  (documents) => {
    const document = documents.find((document): document is DocumentOf<Command> => isOf(document, command));
    return document ? value(document.result) : null;
  };

const meanField = (plot: string): FigureRun => ({ panel: 'mean-field-panel', plot, runs: [] });
const steady = (plot: string, ...runs: RunName[]): FigureRun => ({ panel: 'steady-panel', plot, runs });
const metastableSweep = (plot: string): FigureRun => ({
  panel: 'metastable-panel',
  plot,
  runs: ['sweep of metastable states'],
});

export const figureRuns: Readonly<Record<PresetName, FigureRun>> = {
  '1b': meanField('Mean-field inversion'),
  '2a': steady('Steady-state magnetization', 'sweep of steady states'),
  '2b': steady('Steady-state distribution', 'steady state'),
  '2c': steady('Steady-state spin squeezing', 'sweep of steady states'),
  '2d': {
    panel: 'gap-panel',
    plot: 'Closing of the gap, log-log',
    runs: ['closing of the gap'],
    numbers: [
      {
        symbol: 'power of 1/*N*',
        paper: '0.9',
        ours: of('gap-scaling', ({ fits }) => {
          const exponent = fits?.powerLaw.exponent;
          return exponent ? measured(exponent.value, exponent.error) : null;
        }),
      },
    ],
  },
  '3a': metastableSweep('Magnetization of the metastable'),
  '3b': {
    panel: 'metastable-panel',
    plot: 'Distributions of the magnetization',
    runs: ['metastable states'],
    numbers: [
      {
        symbol: '*a*_+',
        paper: '0.4',
        ours: of('metastable', ({ aPlus, errors }) => measured(aPlus, errors.aPlus)),
      },
      {
        symbol: '*a*_−',
        paper: '0.5',
        ours: of('metastable', ({ aMinus, errors }) => measured(aMinus, errors.aMinus)),
      },
    ],
  },
  '3c': metastableSweep('Fidelity of the metastable'),
  '3d': metastableSweep('Spin squeezing of the metastable'),
  '4': { panel: 'trajectories-panel', plot: 'One trajectory', runs: ['metastable states', 'ensemble'] },
  S1: meanField('Mean-field inversion for several'),
  S2: meanField('Mean-field flow'),
  S3: steady('Relaxation of the magnetization', 'steady state', 'relaxation'),
  S4: steady('Distribution at', 'sweep of steady states'),
  'off-resonance': steady('Steady-state distribution', 'steady state'),
  dephased: steady('Steady-state distribution', 'steady state'),
  'superradiant-laser': steady('Steady-state distribution', 'steady state'),
};

/** A figure's name and what it shows, and where the paper gives numbers these beside ours; in the markup of `notation`. */
export function figureCaption(figure: PresetName, documents: readonly ResultDocument[]): string {
  const { description } = ALL_PRESETS[figure];
  const numbers = figureRuns[figure].numbers ?? [];
  const compared = numbers.map(({ symbol, paper, ours }) => {
    const own = ours(documents);
    return `. ${symbol}: the paper ${paper}${own === null ? '' : `, here ${own}`}`;
  });
  return `${Object.hasOwn(PRESETS, figure) ? `Figure ${figure}: ` : ''}${description}${compared.join('')}`;
}

/** What a figure has computed, as far as its cost goes: of the way in time one start for all. */
export function figureRequests(figure: PresetName): RunRequest[] {
  const { system, sweep }: Preset = ALL_PRESETS[figure];
  const atoms = sweep?.atoms ?? [];
  return figureRuns[figure].runs.flatMap((name): RunRequest[] => {
    const command = runCommands[name];
    if (isOfSeveral(name) && sweep?.drive) {
      const { drives } = sweepOf({ ...sweep.drive });
      return sweepRequests(command, system, systemParameters(system), { atoms, drives });
    }
    return [{ command, system, options: command === 'gap-scaling' ? { atoms: atoms.join(',') } : {} }];
  });
}
