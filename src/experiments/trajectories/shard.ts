/** A part of an ensemble, walked by itself: neighbouring blocks of it, so that all parts merge to the bits of one run. */
import { InputError } from '../../parameters/errors';
import { checkOptions, flagOf, type Part, partIn, pick, type Raw } from '../../parameters/options';
import { blockSize } from '../../trajectories/record';
import type { EarlierRuns } from './earlier-runs';
import { trajectoryTable } from './trajectory-table';

/** What says otherwise where to begin or when to stop. */
const others = ['first', 'maxSeconds', 'targetError', 'targetObservable'] as const;

/** Parts that an ensemble can have: each has a block at least, and a block of one trajectory, which has no error, is no part by itself. */
export const mostParts = (count: number) => Math.floor((count + blockSize - 2) / blockSize);

/** The trajectories of a part: of B blocks those from floor((number - 1) B / of) to before floor(number B / of). */
export function rangeOf(
  { number, of }: Part,
  count: number,
): { readonly first: number; readonly count: number } {
  const blocks = Math.ceil(count / blockSize);
  const bound = (parts: number) => Math.min(count, blockSize * Math.floor((parts * blocks) / of));
  const first = bound(number - 1);
  return { first, count: bound(number) - first };
}

/**
 * The options with `first` and `count` of the part in the place of `shard` and the whole `count`; as they are without one.
 * @throws InputError where there are fewer blocks than parts, another option says where to begin or when to stop, or the run to go on
 *   from is not of this part
 */
export function withShardAsRange(raw: Raw, earlier: EarlierRuns | null): Raw {
  const { shard, ...rest } = raw;
  if (shard === undefined) return raw;
  const { count } = checkOptions(pick(trajectoryTable, ['shard', 'count']), raw);
  const second = others.find((name) => raw[name] !== undefined);
  if (second !== undefined) throw new InputError(flagOf(second), raw[second], 'left out with --shard');
  // How far a run that goes on is to go has no default: it is asked for where the count is checked.
  if (earlier !== null && raw.count === undefined) return rest;
  const part = partIn(shard)!;
  const most = mostParts(count);
  if (part.of > most) {
    const takes = `one of at most ${most} part${most === 1 ? '' : 's'} of ${count} trajectories, in whole blocks of ${blockSize}`;
    throw new InputError('shard', shard, takes);
  }
  const range = rangeOf(part, count);
  if (earlier !== null) requireWithin(earlier, range, shard);
  return { ...rest, ...range };
}

function requireWithin(
  { name, settings, sums }: EarlierRuns,
  range: ReturnType<typeof rangeOf>,
  shard: unknown,
): void {
  const held = sums.counts.reduce((sum, { count }) => sum + count, 0);
  if (range.first === settings.first && range.count >= held) return;
  const takes = `a part that begins at trajectory ${settings.first} and has at least the ${held} of ${name}`;
  throw new InputError('shard', shard, takes);
}
