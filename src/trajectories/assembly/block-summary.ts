/** What is kept of a block of trajectories, from its record: as `shaders/ensemble/` reduces it, with sums of the same shape. */
import { atoms, committor, observables, record, recordStride, rows, Sz, slots } from './ensemble';
import { bytes, plus, splat } from './lanes';

// Set by the host: where results go.
/** mean, M2, least and most, each of every row, statisticsStride from one to the next */
export let statistics: usize = 0;
export let statisticsStride: usize = 0;
/** [slot][bin] u32: trajectories by their <S_z>, in equal parts of [-N/2, N/2] */
export let histogram: usize = 0;
export let bins: i32 = 0;
/** [slot][trajectory] the committor, and then <S_z>; 0 when they are not asked for */
export let switching: usize = 0;

/** Trajectories of a partial sum. */
const strip = 16;

/** Of the block's first `count` trajectories. */
export function summarise(count: i32): void {
  for (let at: usize = 0, end = bytes<Real>(rows); at < end; at += 16) reduce<Real>(at, count);
  fill<Real>(count);
  if (switching !== 0) {
    gather<Real>(switching, committor, count);
    gather<Real>(switching + bytes<Real>(slots * count), Sz, count);
  }
}

/** Mean, M2 = sum (x - mean)^2, least and most of a vector of rows: `strip` at a time. */
function reduce<T>(at: usize, count: i32): void {
  const first = record + at;
  let sum = splat<T>(0);
  let least = v128.load(first);
  let most = least;
  for (let i = 0; i < count; i += strip) {
    let part = splat<T>(0);
    for (let k = i, last = min(i + strip, count); k < last; k++) {
      const x = v128.load(first + usize(k) * recordStride);
      part = v128.add<T>(part, x);
      least = v128.min<T>(least, x);
      most = v128.max<T>(most, x);
    }
    sum = v128.add<T>(sum, part);
  }
  const mean = v128.div<T>(sum, splat<T>(f64(count)));
  let M2 = splat<T>(0);
  for (let i = 0; i < count; i += strip) {
    let part = splat<T>(0);
    for (let k = i, last = min(i + strip, count); k < last; k++) {
      const deviation = v128.sub<T>(v128.load(first + usize(k) * recordStride), mean);
      part = plus<T>(part, deviation, deviation);
    }
    M2 = v128.add<T>(M2, part);
  }
  const place = statistics + at;
  v128.store(place, mean);
  v128.store(place + statisticsStride, M2);
  v128.store(place + 2 * statisticsStride, least);
  v128.store(place + 3 * statisticsStride, most);
}

/** Trajectories into the bins of <S_z>. */
function fill<T>(count: i32): void {
  memory.fill(histogram, 0, 4 * usize(slots * bins));
  for (let i = 0; i < count; i++) {
    const column = record + usize(i) * recordStride + bytes<T>(Sz);
    for (let slot = 0; slot < slots; slot++) {
      const place = (<f64>load<T>(column + bytes<T>(slot * observables)) / f64(atoms) + 0.5) * f64(bins);
      const bin = i32(min(max(place, 0), f64(bins - 1)));
      const counter = histogram + 4 * usize(slot * bins + bin);
      i32.store(counter, i32.load(counter) + 1);
    }
  }
}

/** One observable's samples, [slot][trajectory]. */
function gather<T>(to: usize, observable: i32, count: i32): void {
  for (let slot = 0; slot < slots; slot++) {
    const sample = record + bytes<T>(slot * observables + observable);
    for (let i = 0; i < count; i++) {
      store<T>(to, load<T>(sample + usize(i) * recordStride));
      to += sizeof<T>();
    }
  }
}
