/** Sums over trajectories: the same bits however the trajectories were cut, interrupted, or merged. */
import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { systemParameters } from '../../../src/parameters/system';
import { type Checkpoint, checkpointOf, checkpointSchema, sumsIn } from '../../../src/statistics/checkpoint';
import {
  filledBlocks,
  mergeSums,
  noSums,
  OverlapError,
  rangesOf,
  type Sums,
  sumsOf,
  type TrajectoryRange,
  total,
} from '../../../src/statistics/sums';
import { SwitchingStatistics } from '../../../src/statistics/switching';
import {
  blockSize,
  channels,
  histogramBins,
  observables,
  recordLayout,
} from '../../../src/trajectories/record';
import { cases } from '../../arbitrary-options';
import { expectSameBits } from '../../same-bits';

const [atoms, samples] = [3, 2];
const system = systemParameters({ atoms });
const { rows, slots } = recordLayout(system, samples + 1);
const own = observables.length + channels.length;

/** Made-up numbers from 0 to 1. */
const scatter = (seed: number, trajectory: number, row: number) =>
  Math.abs((Math.sin(12.9898 * trajectory + 78.233 * row + seed) * 43758.5453) % 1);
/** A row of one trajectory, in float32 as from the GPU. */
const value = (seed: number, trajectory: number, row: number) =>
  Math.fround(10 + row + scatter(seed, trajectory, row));

const meanOf = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
const M2Of = (values: readonly number[]) => {
  const mean = meanOf(values);
  return values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
};

const newSwitching = () => new SwitchingStatistics(atoms, 0.5, slots, 0, 0);

function switchingSamples(seed: number, numbers: readonly number[]) {
  const samples = numbers.flatMap((n) => Array.from({ length: slots }, (_, slot) => [n, slot]));
  const bySlot = samples.sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  const p = bySlot.map(([n, slot]) => scatter(seed, n, -slot));
  return { committor: Float32Array.from(p), Sz: Float32Array.from(p, (x) => 1 - 2 * x) };
}

/** The sums over a seed's trajectories, walked as an ensemble is: filled blocks in one batch, what is left in another. */
function walked(seed: number, first: number, count: number): Sums {
  const left = count % blockSize;
  if (left === 0 || left === count) return batch(seed, first, count);
  return mergeSums(batch(seed, first, count - left), batch(seed, first + count - left, left));
}

function batch(seed: number, first: number, count: number): Sums {
  const numbers = Array.from({ length: count }, (_, i) => first + i);
  const blocks = Array.from({ length: Math.ceil(count / blockSize) }, (_, b) => {
    const block = numbers.slice(b * blockSize, (b + 1) * blockSize);
    const columns = Array.from({ length: rows }, (_, row) => block.map((n) => value(seed, n, row)));
    return {
      count: block.length,
      mean: Float32Array.from(columns, meanOf),
      M2: Float32Array.from(columns, M2Of),
      least: Float32Array.from(columns, (column) => Math.min(...column)),
      most: Float32Array.from(columns, (column) => Math.max(...column)),
    };
  });
  const density = new Uint32Array(slots * histogramBins);
  for (const n of numbers) density[n % density.length] += 1;
  const perTrajectory = numbers.map((n) =>
    Float32Array.from({ length: own }, (_, row) => value(seed, n, row)),
  );
  const batch = {
    seed,
    first,
    count,
    alarms: count % 5,
    blocks,
    perTrajectory,
    traces: [],
    histogram: density,
    photons: null,
    jumpRecords: [],
  };
  return sumsOf({ ...batch, switching: switchingSamples(seed, numbers) }, newSwitching);
}

const plain = (sums: Sums) => JSON.parse(JSON.stringify(checkpointOf(sums))) as Checkpoint;
const throughJson = (sums: Sums) => sumsIn(plain(sums), system, samples) as Sums;

const long = walked(1, 0, 1900);

test('batches of any whole blocks, in any order, give the same bits', () => {
  const cut = [
    walked(1, 0, 256),
    walked(1, 256, 768),
    walked(1, 1024, 512),
    walked(1, 1536, 256),
    walked(1, 1792, 108),
  ];
  const alarms = cut.map(({ counts: [{ counted }] }) => counted.alarms[0]).reduce((sum, x) => sum + x);
  const orders = [cut, [...cut].reverse(), [2, 4, 0, 3, 1].map((i) => cut[i])];
  for (const order of orders) {
    const merged = order.reduce((sums, batch) => mergeSums(sums, batch), noSums);
    expect(plain(merged).segments).toEqual(plain(mergeSums(long)).segments);
    expect(rangesOf(merged)).toEqual([{ seed: 1, first: 0, count: 1900 }]);
    expect(total(merged)?.counted).toEqual({ ...total(long)?.counted, alarms: Float64Array.of(alarms) });
  }
});

test('at most one segment for each power of two is held', () => {
  expect(mergeSums(long).segments.map(({ count }) => count)).toEqual([1024, 512, 256, 108]);
});

test('a run that was interrupted and written down goes on to the same bits', () => {
  for (const stop of [256, 300, 512, 1000, 1792]) {
    const before = filledBlocks(throughJson(walked(1, 0, stop)));
    const done = total(before)?.rows.count ?? 0;
    expect(done).toBe(stop - (stop % blockSize));
    const after = mergeSums(before, walked(1, done, 1900 - done));
    expect(plain(after).segments).toEqual(plain(mergeSums(long)).segments);
  }
});

test('merging seeds and ranges is commutative and associative, bit for bit', () => {
  const [a, b, c] = [walked(1, 0, 700), walked(2, 512, 300), walked(1, 1024, 512)];
  const merged = plain(mergeSums(a, b, c));
  for (const other of [mergeSums(c, b, a), mergeSums(mergeSums(c, a), b), mergeSums(mergeSums(b, a), c)]) {
    expect(plain(other)).toEqual(merged);
  }
  expect(rangesOf(mergeSums(a, b, c))).toEqual([
    { seed: 1, first: 0, count: 700 },
    { seed: 1, first: 1024, count: 512 },
    { seed: 2, first: 512, count: 300 },
  ]);
});

test('the total is that of all trajectories at once', () => {
  const sums = total(mergeSums(walked(1, 0, 700), walked(2, 512, 300)))!;
  const all = [
    ...Array.from({ length: 700 }, (_, n) => [1, n]),
    ...Array.from({ length: 300 }, (_, n) => [2, 512 + n]),
  ];
  expect(sums.rows.count).toBe(1000);
  expect(sums.covariances.perTrajectory.count).toBe(1000);
  const columns = Array.from({ length: own }, (_, row) => all.map(([seed, n]) => value(seed, n, row)));
  columns.forEach((column, a) => {
    expect(Math.abs(sums.covariances.perTrajectory.mean[a] / meanOf(column) - 1)).toBeLessThan(1e-13);
    columns.forEach((other, b) => {
      const [meanA, meanB] = [meanOf(column), meanOf(other)];
      const comoment = column.reduce((sum, x, i) => sum + (x - meanA) * (other[i] - meanB), 0);
      expect(Math.abs(sums.covariances.perTrajectory.comoments[a * own + b] - comoment)).toBeLessThan(1e-10);
    });
    // Means of blocks come in float32.
    expect(Math.abs(sums.rows.mean[a] - meanOf(column))).toBeLessThan(1e-5);
    expect(sums.rows.M2[a] / M2Of(column)).toBeCloseTo(1, 5);
    expect(sums.extremes.least[a]).toBe(Math.min(...column));
    expect(sums.extremes.most[a]).toBe(Math.max(...column));
  });
});

test('the same trajectories are not summed twice', () => {
  const both = (a: Sums, b: Sums) => () => mergeSums(a, b);
  expect(both(walked(1, 0, 700), walked(1, 512, 256))).toThrow('trajectories 512 to 699 of seed 1 twice');
  expect(both(walked(1, 256, 256), walked(1, 0, 1024))).toThrow('trajectories 256 to 511 of seed 1 twice');
  expect(both(walked(3, 0, 100), walked(3, 0, 100))).toThrow('trajectories 0 to 99 of seed 3 twice');
});

test('a checkpoint that is not one is not taken', () => {
  const taken = (checkpoint: unknown) =>
    v.is(checkpointSchema, checkpoint) ? sumsIn(checkpoint, system, samples) : null;
  const good = plain(walked(1, 0, 700));
  expect(taken(good)).not.toBeNull();
  const [segment] = good.segments;
  const bad: unknown[] = [
    null,
    [],
    { ...good, counts: [] },
    { ...good, segments: good.segments.slice(1) },
    { ...good, segments: [{ ...segment, count: 768 }, ...good.segments.slice(1)] },
    { ...good, segments: [{ ...segment, first: 100 }, ...good.segments.slice(1)] },
    { ...good, segments: [{ ...segment, rows: { mean: [1], M2: [1] } }, ...good.segments.slice(1)] },
    { ...good, segments: [{ ...segment, extremes: { least: [1], most: [1] } }, ...good.segments.slice(1)] },
    { ...good, segments: [{ ...segment, covariances: {} }, ...good.segments.slice(1)] },
    { ...good, counts: [{ ...good.counts[0], counted: {} }, ...good.counts.slice(1)] },
  ];
  for (const checkpoint of bad) expect(taken(checkpoint)).toBeNull();
  expect(sumsIn(good, systemParameters({ atoms: atoms + 1 }), samples)).toBeNull();
  expect(sumsIn(good, system, samples + 1)).toBeNull();
});

/** Ranges of trajectories of two seeds, apart from one another, the last block of each perhaps not filled. */
const ranges = fc
  .array(
    fc.record({
      seed: fc.constantFrom(1, 2),
      gap: fc.integer({ min: 0, max: 2 }),
      blocks: fc.integer({ min: 0, max: 5 }),
      rest: fc.constantFrom(0, 1, 44, 255),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) => {
    const ends = new Map<number, number>();
    return all.flatMap(({ seed, gap, blocks, rest }) => {
      const first = (ends.get(seed) ?? 0) + gap * blockSize;
      const count = blocks * blockSize + rest;
      ends.set(seed, first + Math.ceil(count / blockSize) * blockSize);
      return count > 0 ? [{ seed, first, count }] : [];
    });
  });

/** Blocks are summed once for all cases. */
const blocks = new Map<string, Sums>();
function block(seed: number, first: number, count: number): Sums {
  const key = [seed, first, count].join();
  const sums = blocks.get(key) ?? batch(seed, first, count);
  blocks.set(key, sums);
  return sums;
}

const partsOf = ({ seed, first, count }: TrajectoryRange) =>
  Array.from({ length: Math.ceil(count / blockSize) }, (_, b) =>
    block(seed, first + b * blockSize, Math.min(blockSize, count - b * blockSize)),
  );

/** Joins neighbours of the list two by two, at these places in turn, until one is left. */
function grouped(parts: readonly Sums[], places: readonly number[]): Sums {
  const left = [...parts];
  for (let turn = 0; left.length > 1; turn++) {
    const place = places[turn % places.length] % (left.length - 1);
    left.splice(place, 2, mergeSums(left[place], left[place + 1]));
  }
  return left[0] ?? noSums;
}

test('any blocks of any seeds, in any order and grouping, written down or not, give the same bits', () => {
  fc.assert(
    fc.property(
      ranges,
      fc.infiniteStream(fc.nat()),
      fc.array(fc.nat(), { minLength: 1 }),
      fc.boolean(),
      (ranges, keys, places, written) => {
        const parts = ranges.flatMap(partsOf);
        const shuffled = parts
          .map((part) => ({ part, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ part }) => (written ? throughJson(part) : part));
        const merged = grouped(shuffled, places);
        expectSameBits(plain(merged), plain(mergeSums(...parts)));
        expectSameBits(total(merged), total(mergeSums(...parts)));
        expectSameBits(sumsIn(plain(merged), system, samples), merged);
        expect(total(merged)?.rows.count ?? 0).toBe(ranges.reduce((sum, { count }) => sum + count, 0));
      },
    ),
    { ...cases, numRuns: 100 },
  );
});

test('a block among them twice is refused, in whatever order', () => {
  fc.assert(
    fc.property(ranges, fc.nat(), fc.array(fc.nat(), { minLength: 1 }), (ranges, which, places) => {
      const parts = ranges.flatMap(partsOf);
      if (parts.length === 0) return;
      const twice = parts[which % parts.length];
      const place = which % (parts.length + 1);
      const all = [...parts.slice(0, place), twice, ...parts.slice(place)];
      expect(() => grouped(all, places)).toThrow(OverlapError);
    }),
    { ...cases, numRuns: 100 },
  );
});
