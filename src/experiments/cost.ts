/**
 * How long runs will take, said before they start: an estimate, from how the work grows with N and counts and from how
 * fast runs of the kind were here before. Every experiment's own `seconds` are those of one machine: two processor cores
 * without a GPU. They follow the work: products with a matrix of N^3 entries, steps in time, samples of
 * trajectories. Other machines differ by a factor, which `Paces` learns.
 */
import { InputError } from '../parameters/errors';
import { systemParameters } from '../parameters/system';
import { experimentOf } from './registry';
import type { RunRequest } from './run';

/** Measured seconds over the model's, by command: what earlier runs on an adapter taught. */
export type Paces = Readonly<Partial<Record<string, number>>>;

/** Without start-up: code, device and kernels, which a first run waits for. */
export interface Estimate {
  readonly seconds: number;
  /** where it will lie, most likely, s */
  readonly range: readonly [number, number];
  /** runs of its kind were measured here; else it is what two processor cores would take */
  readonly measured: boolean;
}

/** Factors that runs are faster or slower by: than the model at the pace of their command; at the pace of others, on a machine unknown. */
const spread = { measured: 2, guessed: 5 };

/** The model's seconds for one request; none for a system that will be refused at once. */
export function modelSeconds({ command, system, options }: RunRequest): number {
  try {
    return experimentOf(command)?.seconds(systemParameters(system), options) ?? 0;
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
  const measured = own !== undefined;
  const seconds = pace * model;
  const factor = spread[measured ? 'measured' : 'guessed'];
  return { seconds, range: [seconds / factor, seconds * factor], measured };
}

/** The paces after one more run, of that many seconds without start-up; each counts as much as all before it, so that a machine's change is followed. */
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
