/**
 * What photodetection records of its photons besides their number, as `shaders/photodetection/photon-counting.wgsl` does: counts
 * in each sampling interval, every jump of the first trajectories, and g2(tau) of the collective output. After a photon at t the
 * chance per time of another at t + tau is the state's own rate I, which is read at the end of each bin of `delayBin` and joined
 * with the photons of the bins before.
 */
import { add, burnInSlots, isBefore, walker } from './ensemble';
import { bytes } from './lanes';

// Set by the host: rows of the record (src/trajectories/photon-plan.ts) and what they hold.
export let intervals: i32 = 0;
export let counts: i32 = 0;
export let windows: i32 = 0;
export let intensity: i32 = 0;
/** lengths of counting windows, in intervals (i32) */
export let lengths: usize = 0;
export let lengthCount: i32 = 0;
/** bins of the delay; 0 when g2 is not asked for */
export let delayBins: i32 = 0;
export let delayBin: f64 = 1;
/** bins in the window after the burn-in */
export let windowBins: i32 = 0;
/** photons of the last delayBins bins in turn (f64) */
export let photons: usize = 0;
/** room for jumps of a trajectory, and of the first ones: how many, [jump] 16 * next sample + channel, time left to it */
export let jumpsKept: i32 = 0;
export let jumpCounts: usize = 0;
export let jumpWords: usize = 0;
export let jumpTimes: usize = 0;

const never: f64 = 1e30;

/** time left in the bin, and bins finished */
let left: f64 = never;
let finished: i32 = 0;

/** The bins begin with the window; before it none ends. */
export function stopBins(): void {
  left = never;
  finished = 0;
}

export function startBins(): void {
  left = delayBin;
  memory.fill(photons, 0, 8 * usize(delayBins));
}

export function untilBin(): f64 {
  return left;
}

function binsAreOpen(): bool {
  return left < never;
}

function photonsOf(bin: i32): usize {
  return photons + 8 * usize(bin % delayBins);
}

/** Time h has gone by, at the end of which the rate of collective photons is `rate`. */
export function passBins<T>(h: f64, rate: f64): void {
  left -= h;
  if (left > 0) return;
  add<T>(intensity, rate);
  for (let k = 0, last = min(delayBins, finished + 1); k < last; k++) {
    add<T>(intensity + 2 + k, rate * f64.load(photonsOf(finished - k)));
  }
  finished++;
  left = finished < windowBins ? delayBin : never;
  f64.store(photonsOf(finished), 0);
}

/** Whether g2(0) takes the rate after the coming photon: it does in a bin. */
export function countsDelays(channel: i32): bool {
  return delayBins > 0 && channel === 0 && binsAreOpen();
}

/** A collective photon in a bin, right after which the rate of the next is `rate`. */
export function countDelay<T>(rate: f64): void {
  const bin = photonsOf(finished);
  f64.store(bin, f64.load(bin) + 1);
  add<T>(intensity + 1, rate);
}

/** Takes a jump into the counts, before the state changes; walker.slot is the next sample's. */
export function recordJump<T>(firstOfJumps: i32, channel: i32, isDetected: bool): void {
  if (walker.slot > burnInSlots) add<T>(firstOfJumps + channel, 1);
  if (!isDetected) return;
  if (walker.slot > burnInSlots) {
    const interval = walker.slot - burnInSlots - 1;
    // Of the channels of emission, where these are photons that are counted.
    if (channel < 4 && intervals > 0) add<T>(counts + (channel === 0 ? 0 : intervals) + interval, 1);
  }
  if (walker.trajectory >= walker.records || isBefore()) return;
  const counter = jumpCounts + 4 * usize(walker.trajectory);
  const place = i32.load(counter);
  i32.store(counter, place + 1);
  if (place >= jumpsKept) return;
  const at = usize(walker.trajectory * jumpsKept + place);
  i32.store(jumpWords + 4 * at, 16 * walker.slot + channel);
  store<T>(jumpTimes + at * sizeof<T>(), <T>walker.untilSample);
}

export function beginCounting(): void {
  stopBins();
  if (walker.trajectory < walker.records) i32.store(jumpCounts + 4 * usize(walker.trajectory), 0);
}

/** Mean and variance of the counts in windows of each length, side by side from the burn-in on. */
export function joinWindows<T>(): void {
  for (let kind = 0; kind < 2; kind++) {
    const first = walker.own + bytes<T>(counts + kind * intervals);
    for (let l = 0; l < lengthCount; l++) {
      const length = i32.load(lengths + 4 * usize(l));
      const most = intervals / length;
      const mean = countIn<T>(first, most * length) / f64(most);
      let squares: f64 = 0;
      for (let w = 0; w < most; w++) {
        const deviation = countIn<T>(first + bytes<T>(w * length), length) - mean;
        squares += deviation * deviation;
      }
      const place = walker.own + bytes<T>(windows + 2 * (kind * lengthCount + l));
      store<T>(place, <T>mean);
      store<T>(place + sizeof<T>(), <T>(squares / f64(most)));
    }
  }
}

function countIn<T>(first: usize, length: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < length; i++) sum += <f64>load<T>(first + bytes<T>(i));
  return sum;
}
