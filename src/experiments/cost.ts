/**
 * How long runs will take, said before they start: an estimate, from how the work grows with N and counts and from how
 * fast runs of the kind were here before.
 */
import { modesKept } from '../operators/dark-port';
import { InputError } from '../parameters/errors';
import { PRESETS } from '../parameters/presets';
import { type SystemParameters, systemParameters } from '../parameters/system';
import type { Command } from './experiment';
import type { RunRequest } from './run';
import { mostSlow } from './theory';
import { defaultEvolution } from './time-evolution';
import { defaultTrajectories } from './trajectory-options';

/** Measured seconds over the model's, by command: what earlier runs on an adapter taught. */
export type Paces = Readonly<Partial<Record<string, number>>>;

export interface Estimate {
  readonly seconds: number;
  /** runs of its kind were measured here; else it is what two processor cores would take */
  readonly measured: boolean;
}

/**
 * Seconds on the two processor cores that the constants were measured on, software adapter and all; their N and counts
 * follow the work: products with a matrix of N^3 entries, steps in time, samples of trajectories. Other machines differ by a factor, which `Paces` learns.
 */
const models: Readonly<
  Record<Command, (system: SystemParameters, options: RunRequest['options']) => number>
> = {
  'mean-field': () => 0.01,
  'steady-state': ({ atoms }) => steady(atoms),
  gap: ({ atoms }) => gap(atoms),
  metastable: ({ atoms }) => 1.5 * gap(atoms),
  // Some ten drives for each size, each from the vectors of the ones before.
  'gap-scaling': (_, { atoms }) => 6 * sizes(atoms).reduce((seconds, size) => seconds + gap(size), 0),
  'time-evolution': ({ atoms, gamma1D, gammaF, omega }, options) => {
    const { time }: Record<string, unknown> = { ...defaultEvolution, ...options };
    return 0.05 + 8e-8 * Number(time) * (gamma1D * atoms + gammaF + omega) * atoms ** 3;
  },
  trajectories: (system, options) => {
    const { atoms, gamma1D, gammaF, driveOverCritical } = system;
    const { count, time, unraveling }: Record<string, unknown> = { ...defaultTrajectories, ...options };
    // Candidates for photons come at gamma_1D N^2/4 or less, and each goes through 2j + 13 rows; the dark port's jumps come at
    // a few gamma_1D and gamma_F N, above the bistable region at some 7 gamma_1D N times the drive's square.
    const spread = modesKept(system) === 48 ? 6e-5 * gamma1D * atoms * (driveOverCritical ?? 0) ** 2 : 0;
    const unit =
      unraveling === 'photodetection'
        ? 9.5e-9 * (gamma1D * atoms ** 2 + gammaF * atoms) * (atoms + 13)
        : 6e-6 * gamma1D + 3e-7 * gammaF * atoms + spread;
    const setUp = 4e-6 * atoms ** 2;
    // The exact values beside it are those of a steady state and a gap, while their N allow.
    const exact = atoms <= mostSlow ? steady(atoms) + gap(atoms) : 0;
    return exact + setUp + unit * Number(count) * Number(time);
  },
  adapter: () => 2,
};

const steady = (atoms: number) => 0.1 + 5 * (atoms / 110) ** 3;
const gap = (atoms: number) => 0.1 + 4.5 * (atoms / 110) ** 3;

function sizes(atoms: unknown): readonly number[] {
  return atoms === undefined ? PRESETS['2d'].sweep.atoms : String(atoms).split(',').map(Number);
}

/** The model's seconds for one request; none for a system that will be refused at once. */
export function modelSeconds({ command, system, options }: RunRequest): number {
  try {
    return models[command as Command](systemParameters(system), options);
  } catch (error) {
    if (error instanceof InputError) return 0;
    throw error;
  }
}

/** What requests of one command will take together. */
export function estimate(requests: readonly RunRequest[], paces: Paces): Estimate {
  const own = requests.length > 0 ? paces[requests[0].command] : undefined;
  const pace = own ?? geometricMean(Object.values(paces).filter((pace) => pace !== undefined));
  const model = requests.reduce((seconds, request) => seconds + modelSeconds(request), 0);
  return { seconds: pace * model, measured: own !== undefined };
}

/** The paces after one more run; each counts as much as all before it, so that a machine's change is followed. */
export function learned(paces: Paces, request: RunRequest, seconds: number): Paces {
  const model = modelSeconds(request);
  if (!(model > 0 && seconds > 0)) return paces;
  const { command } = request;
  return { ...paces, [command]: geometricMean([seconds / model, paces[command] ?? seconds / model]) };
}

/** 1 of none */
function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / Math.max(1, values.length));
}
