/** The steady state of Eq. (1). */
import { checkOptions, type OptionTable, type Values } from '../../parameters/options';
import { needUniqueSteadyState } from '../../parameters/unique-steady-state';
import type { Experiment } from '../experiment';
import { aside, type Fields, number, type ResultOf } from '../fields';
import { phaseSpace, phaseSpaceFields, toldPhaseSpace } from './phase-space';
import { proveMeans, provenMeans, toldMeans } from './proven';
import { steadySeconds } from './spectral';
import { stateErrorFields, stateFields } from './state-fields';

const takes = { phaseSpace, prove: proveMeans } as const satisfies OptionTable;
export type SteadyStateOptions = Values<typeof takes>;

const pictures = phaseSpaceFields('steady');

/** Each takes about what the steady state does: one for each mean, six for all that the squeezing needs. */
const solvesOf = (prove: unknown) =>
  prove === undefined ? 0 : String(prove).includes('squeezing') ? 6 : String(prove).split(',').length;

const fields = {
  ...stateFields,
  /** |L rho_s| / |rho_s| in Hilbert-Schmidt norms */
  residual: number('rate'),
  proven: provenMeans,
  errors: aside({ ...stateErrorFields, phaseSpace: pictures.errors }),
  matvecs: number(),
  phaseSpace: pictures.picture,
} as const satisfies Fields;
export type SteadyStateResult = ResultOf<typeof fields>;

export const steadyState = {
  command: 'steady-state',
  does: 'the steady state: moments, squeezing, P_m, P_j',
  takes,
  engines: 'either',
  fields,
  bounds: ({ errors }) => errors,
  told: (result) => ({ ...toldPhaseSpace(result), ...toldMeans(result) }),
  certifies: ({ prove }) => prove !== undefined,
  seconds: (system, { prove }) => (1 + solvesOf(prove)) * steadySeconds(system),
  options: (raw, parameters) => {
    needUniqueSteadyState(parameters);
    return checkOptions(takes, raw);
  },
} as const satisfies Experiment<SteadyStateOptions, SteadyStateResult>;
