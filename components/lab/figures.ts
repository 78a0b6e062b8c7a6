/** What each of the paper's figures, and each preset beyond it, needs run, and the panel that shows it. */
import type { PresetName } from '../../src/parameters/presets';
import type { RunName } from '../runs/run-names';
import type { PanelName } from './sections';

export interface FigureRun {
  readonly panel: PanelName;
  /** names of the panel's runs; the mean field is always there */
  readonly runs: readonly RunName[];
}

const meanField: FigureRun = { panel: 'mean-field-panel', runs: [] };
const steady: FigureRun = { panel: 'steady-panel', runs: ['steady state'] };
const steadySweep: FigureRun = { panel: 'steady-panel', runs: ['sweep of steady states'] };
const metastable: FigureRun = { panel: 'metastable-panel', runs: ['metastable states'] };
const metastableSweep: FigureRun = { panel: 'metastable-panel', runs: ['sweep of metastable states'] };
const ensemble: FigureRun = { panel: 'trajectories-panel', runs: ['ensemble'] };

export const figureRuns: Readonly<Record<PresetName, FigureRun>> = {
  '1b': meanField,
  '2a': steadySweep,
  '2b': steady,
  '2c': steadySweep,
  '2d': { panel: 'gap-panel', runs: ['closing of the gap'] },
  '3a': metastableSweep,
  '3b': metastable,
  '3c': metastableSweep,
  '3d': metastableSweep,
  '4': ensemble,
  S1: meanField,
  S2: meanField,
  S3: { panel: 'steady-panel', runs: ['steady state', 'relaxation'] },
  S4: steadySweep,
  'off-resonance': steady,
  dephased: steady,
  'superradiant-laser': steady,
};
