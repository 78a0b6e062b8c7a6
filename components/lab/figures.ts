/** What each of the paper's figures, and each preset beyond it, needs run, and where the page shows it. */
import { measured } from '../../src/drawing/number';
import type { ResultDocument } from '../../src/experiments/experiment';
import type { RunRequest } from '../../src/experiments/run';
import { paperNumbers } from '../../src/figures/paper-numbers';
import { sweepOf, sweepRequests } from '../../src/figures/sweep';
import { ALL_PRESETS, PRESETS, type Preset, type PresetName } from '../../src/parameters/presets';
import { systemParameters } from '../../src/parameters/system';
import { isOfSeveral, type RunName, runCommands } from '../runs/run-names';
import type { PanelName } from './sections';

export interface FigureRun {
  readonly panel: PanelName;
  /** how the title of its plot begins */
  readonly plot: string;
  /** names of the panel's runs; the mean field is always there */
  readonly runs: readonly RunName[];
}

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
  },
  '3a': metastableSweep('Magnetization of the metastable'),
  '3b': {
    panel: 'metastable-panel',
    plot: 'Distributions of the magnetization',
    runs: ['metastable states'],
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
  const compared = paperNumbers(figure).map(({ symbol, paper, ours }) => {
    const own = ours(documents);
    return `. ${symbol}: the paper ${paper}${own === null ? '' : `, here ${measured(own.value, own.error)}`}`;
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
