/** What the averages of an ensemble are to be read with. */
import type { EnsembleStatistics } from '../../statistics/ensemble';
import { burnInSlots } from '../../trajectories/record';
import type { SlowDynamics } from './slow-dynamics';
import type { TrajectoryOptions } from './trajectory-options';

/** Left of the start, in standard errors: so much takes less than 1 percent off the coverage of a 95 percent interval. */
const mostLeft = 1 / 4;

type Lengths = Pick<TrajectoryOptions, 'time' | 'burnIn' | 'samples'>;

/**
 * For the finished trajectories; the start is judged where the slow mode is known.
 * @param rare names of the quantities that were hardly seen
 * @param unit of the rates, in the user's
 */
export function warningsOf(
  options: Lengths,
  statistics: EnsembleStatistics,
  slow: SlowDynamics | null,
  rare: readonly string[] = [],
  unit = 1,
): string[] {
  if (statistics.count < 2) return [];
  const found = [tooFewJumps(statistics), noChangeOfJ(statistics), tooFewSeen(rare)];
  if (statistics.sawJumps && slow !== null) found.push(startNotForgotten(options, statistics, slow, unit));
  return found.filter((sentence) => sentence !== null);
}

function tooFewJumps(statistics: EnsembleStatistics): string | null {
  if (statistics.sawJumps) return null;
  return (
    `Only ${statistics.jumps} jumps were seen after the burn-in, too few to judge errors by: each is taken to be at ` +
    'least what one trajectory in all can change. Take a longer --time or more trajectories.'
  );
}

function noChangeOfJ({ sawJumps, sawChangeOfJ, count }: EnsembleStatistics): string | null {
  if (!sawJumps || sawChangeOfJ) return null;
  return (
    `None of the ${count} trajectories was seen to change j after the burn-in. How often any does, and how far it shifts the ` +
    'averages, is known to some two trajectories in all: no error is below that.'
  );
}

function tooFewSeen(rare: readonly string[]): string | null {
  if (rare.length === 0) return null;
  return (
    'Too few trajectories make these up for their scatter to tell the error, which is what so few can have missed: ' +
    `${rare.join('; ')}. Take more trajectories or a longer --time.`
  );
}

/**
 * The committor p belongs to a left eigenvector, so its mean is exactly P + (p(0) - P) exp(-lambda_1 t): what the start
 * adds to its average is known. It is the observable that remembers best.
 */
function startNotForgotten(
  { time, burnIn, samples }: Lengths,
  statistics: EnsembleStatistics,
  { predicted: { lambda1, pPlus } }: SlowDynamics,
  unit: number,
): string | null {
  const { error } = statistics.steady().committor;
  const start = statistics.series().committor.mean[0];
  const first = burnInSlots(burnIn, time, samples);
  let sum = 0;
  for (let slot = first; slot <= samples; slot++) sum += Math.exp((-lambda1 * slot * time) / samples);
  const left = (Math.abs(start - pPlus) * sum) / (samples - first + 1) / error;
  if (left <= mostLeft) return null;
  // to half of the most that may be left, and some more for two digits to round
  const enough = burnIn + (1.2 * Math.log((2 * left) / mostLeft)) / lambda1;
  return (
    `The burn-in of ${burnIn / unit} has not forgotten the start, which fades as exp(-${(lambda1 * unit).toPrecision(3)} t): it shifts ` +
    `the averages by up to ${left.toPrecision(2)} of their standard errors. With a burn-in of ` +
    `${Number((enough / unit).toPrecision(2))} and as long a time after it, it would not show.`
  );
}
