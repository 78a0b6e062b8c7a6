/**
 * What both unravellings share: the trajectory under way, and the record that it leaves. The host lays the memory out and sets
 * what is exported here as "set by the host" (block-memory.ts); addresses and strides are in bytes, times in the user's unit.
 * A block of 256 trajectories is walked one after another; all that one draws and writes depends on its own number.
 */
import { bytes, isComplex, lanes, plus, ramp, splat, total } from './lanes';
import { philox } from './philox';

// Set by the host: the ensemble.
export let atoms: i32 = 0;
export let seedLow: u32 = 0;
export let seedHigh: u32 = 0;
/** sample times t = slot * interval */
export let slots: i32 = 0;
export let interval: f64 = 0;
/** samples before this slot stay out of the time averages */
export let burnInSlots: i32 = 0;
/** So many sample times, `intervalBefore` apart, go by before the first that is recorded: a walk may look more closely at its end alone. */
export let slotsBefore: i32 = 0;
export let intervalBefore: f64 = 0;

// Set by the host: the record [trajectory][row], its sections (src/trajectories/record.ts), and an observable's place in a sample.
export let record: usize = 0;
export let recordStride: usize = 0;
export let rows: i32 = 0;
export let averages: i32 = 0;
export let jumps: i32 = 0;
export let Pm: i32 = 0;
export let Pj: i32 = 0;
export let observables: i32 = 0;
export let Sy: i32 = 0;
export let Sz: i32 = 0;
export let Sx2: i32 = 0;
export let Sy2: i32 = 0;
export let Sz2: i32 = 0;
export let SySz: i32 = 0;
export let j: i32 = 0;
export let crssFidelity: i32 = 0;
export let crssFidelityAllJ: i32 = 0;
export let committor: i32 = 0;
export let Sx: i32 = 0;
export let SxSy: i32 = 0;
export let SxSz: i32 = 0;

// Set by the host: tables of one number a row of each block, rowStride from block to block, zeros beyond a block's rows.
export let rowStride: usize = 0;
/** sqrt(r (dim - r)), of S_- from row r to r - 1 */
export let lower: usize = 0;
/** the CRSS; zeros where there is none */
export let crss: usize = 0;
export let crssImaginary: usize = 0;
/** Row 0 of the state: amplitudes in |j, m>, m rising. Zeros lie before it, N/2 + 2 and more, and after its dim rows. */
export let psi: usize = 0;
/** from the real part of a state to its imaginary one, where it is complex */
export let imaginary: usize = 0;
/** how often the trajectory was sampled in each block, after the burn-in (i32) */
export let visits: usize = 0;

/** The trajectory under way. */
@unmanaged
class Walker {
  untilSample: f64;
  untilEvent: f64;
  /** in the block */
  trajectory: i32;
  /** its number in the whole ensemble */
  low: u32;
  high: u32;
  /** where its column of the record begins */
  own: usize;
  /** Philox blocks, or events of them, drawn so far */
  event: u32;
  /** sample times gone by unrecorded */
  passed: i32;
  /** next sample */
  slot: i32;
  /** j = N/2 - block */
  block: i32;
  /** of the block's first so many trajectories every jump is kept, where jumps are photons */
  records: i32;
  /** for the host, since the block of trajectories was begun: steps, and events that broke an invariant of the unravelling */
  steps: u32;
  alarms: u32;
}

export const walker = changetype<Walker>(memory.data(offsetof<Walker>(), 8));

export function stepsWalked(): u32 {
  return walker.steps;
}

export function alarmsRaised(): u32 {
  return walker.alarms;
}

/** Empties the record for `count` trajectories, of which the first has this number, low word first. */
export function beginBlock(firstLow: u32, firstHigh: u32, count: i32, records: i32): void {
  walker.records = records;
  memory.fill(record, 0, usize(count) * recordStride);
  walker.steps = 0;
  walker.alarms = 0;
  walker.low = firstLow - 1;
  walker.high = firstLow === 0 ? firstHigh - 1 : firstHigh;
  walker.trajectory = -1;
}

/** On to the block's next trajectory, at its beginning. */
export function beginNext(): void {
  walker.trajectory++;
  walker.low++;
  if (walker.low === 0) walker.high++;
  walker.own = record + usize(walker.trajectory) * recordStride;
  walker.event = 0;
  walker.passed = 0;
  walker.slot = 0;
  walker.block = 0;
  walker.untilSample = 0;
  memory.fill(visits, 0, 4 * usize(atoms / 2 + 1));
}

/** Empties the record of the trajectory under way, whose next sample comes first in it. */
export function emptyRecord(): void {
  memory.fill(walker.own, 0, recordStride);
  memory.fill(visits, 0, 4 * usize(atoms / 2 + 1));
  walker.slot = 0;
}

/** j = N/2 - block of the state in psi. */
export function blockNow(): i32 {
  return walker.block;
}

/** Philox block n of the trajectory. */
export function draw(n: u32): void {
  philox(n, 0, walker.low, walker.high, seedLow, seedHigh);
}

export function add<T>(row: i32, value: f64): void {
  const place = walker.own + bytes<T>(row);
  store<T>(place, load<T>(place) + <T>value);
}

/** Whether what happens now lies before all that is recorded. */
export function isBefore(): bool {
  return walker.passed < slotsBefore;
}

export function isAveraged(): bool {
  return walker.slot >= burnInSlots;
}

/**
 * Records a sample of the state psi / sqrt(norm), and goes on to the next one's time. In the paper's axes: S_y = -S_x', the
 * gauge's axis along the mean spin's transverse part on resonance, and S_x = S_y'; S_x'^2 + S_y'^2 = j(j+1) - S_z^2,
 * S_-^2 = S_x'^2 - S_y'^2 - i (S_x' S_y' + S_y' S_x').
 * @param p the committor
 */
export function sample<T, A>(norm: f64, p: f64): void {
  if (isBefore()) {
    walker.passed++;
    walker.untilSample = intervalBefore;
    return;
  }
  const dim = atoms + 1 - 2 * walker.block;
  const spin = 0.5 * f64(dim - 1);
  const table = usize(walker.block) * rowStride;
  let mean = splat<T>(0); // <S_z>
  let square = mean; // <S_z^2>
  let first = mean; // <S_x'>
  let mixed = mean; // <S_x' S_z + S_z S_x'>/2
  let second = mean; // <S_x'^2 - S_y'^2>
  let overlap = mean; // <CRSS|psi>
  // where psi is complex: -<S_y'>, -<S_y' S_z + S_z S_y'>/2, -<S_x' S_y' + S_y' S_x'>, and that part of the overlap
  let firstImaginary = mean;
  let mixedImaginary = mean;
  let secondImaginary = mean;
  let overlapImaginary = mean;
  let m = v128.sub<T>(ramp<T>(), splat<T>(spin));
  const step = splat<T>(f64(lanes<T>()));
  const half = splat<T>(0.5);
  for (let at: usize = 0, end = bytes<T>(dim); at < end; at += 16) {
    const here = v128.load(psi + at);
    const low = v128.load(lower + table + at);
    let weight = v128.mul<T>(here, here);
    const lowered = v128.mul<T>(low, here);
    const below = v128.load(psi + at - sizeof<T>());
    let one = v128.mul<T>(lowered, below);
    const lowBelow = v128.load(lower + table + at - sizeof<T>());
    const two = v128.mul<T>(lowBelow, v128.load(psi + at - 2 * sizeof<T>()));
    second = plus<T>(second, lowered, two);
    overlap = plus<T>(overlap, v128.load(crss + table + at), here);
    if (isComplex<A>()) {
      const y = v128.load(psi + imaginary + at);
      const yBelow = v128.load(psi + imaginary + at - sizeof<T>());
      const yLowered = v128.mul<T>(low, y);
      const yTwo = v128.mul<T>(lowBelow, v128.load(psi + imaginary + at - 2 * sizeof<T>()));
      const turned = v128.load(crssImaginary + table + at);
      weight = plus<T>(weight, y, y);
      one = plus<T>(one, yLowered, yBelow);
      second = plus<T>(second, yLowered, yTwo);
      overlap = plus<T>(overlap, turned, y);
      const oneImaginary = v128.sub<T>(v128.mul<T>(yLowered, below), v128.mul<T>(lowered, yBelow));
      firstImaginary = v128.add<T>(firstImaginary, oneImaginary);
      mixedImaginary = plus<T>(mixedImaginary, oneImaginary, v128.sub<T>(m, half));
      secondImaginary = plus<T>(secondImaginary, yLowered, two);
      secondImaginary = v128.sub<T>(secondImaginary, v128.mul<T>(lowered, yTwo));
      overlapImaginary = plus<T>(overlapImaginary, v128.load(crss + table + at), y);
      overlapImaginary = v128.sub<T>(overlapImaginary, v128.mul<T>(turned, here));
    }
    const zed = v128.mul<T>(m, weight);
    mean = v128.add<T>(mean, zed);
    square = plus<T>(square, m, zed);
    first = v128.add<T>(first, one);
    mixed = plus<T>(mixed, one, v128.sub<T>(m, half));
    m = v128.add<T>(m, step);
  }
  const square2 = total<T>(square) / norm;
  const transverse = spin * (spin + 1) - square2;
  const difference = total<T>(second) / norm;
  const inCrss = total<T>(overlap);
  let inCrss2 = inCrss * inCrss;
  const place = walker.own + bytes<T>(walker.slot * observables);
  if (isComplex<A>()) {
    const across = total<T>(overlapImaginary);
    inCrss2 += across * across;
    store<T>(place + bytes<T>(Sx), <T>(-total<T>(firstImaginary) / norm));
    store<T>(place + bytes<T>(SxSy), <T>((0.5 * total<T>(secondImaginary)) / norm));
    store<T>(place + bytes<T>(SxSz), <T>(-total<T>(mixedImaginary) / norm));
  }
  const fidelity = inCrss2 / norm;
  store<T>(place + bytes<T>(Sy), <T>(-total<T>(first) / norm));
  store<T>(place + bytes<T>(Sz), <T>(total<T>(mean) / norm));
  store<T>(place + bytes<T>(Sx2), <T>(0.5 * (transverse - difference)));
  store<T>(place + bytes<T>(Sy2), <T>(0.5 * (transverse + difference)));
  store<T>(place + bytes<T>(Sz2), <T>square2);
  store<T>(place + bytes<T>(SySz), <T>(-total<T>(mixed) / norm));
  store<T>(place + bytes<T>(j), <T>spin);
  store<T>(place + bytes<T>(crssFidelity), <T>(walker.block === 0 ? fidelity : 0));
  store<T>(place + bytes<T>(crssFidelityAllJ), <T>fidelity);
  store<T>(place + bytes<T>(committor), <T>p);
  if (isAveraged()) average<T, A>(place, norm);
  walker.slot++;
  walker.untilSample = interval;
}

/**
 * Takes a sample into the time averages, its observables from `place`. Running means, since a sum of small parts would leave
 * a value that never changes with a rounding error larger than its standard error.
 */
function average<T, A>(place: usize, norm: f64): void {
  const share = 1 / f64(walker.slot - burnInSlots + 1);
  const means = walker.own + bytes<T>(averages);
  for (let at: usize = 0, end = bytes<T>(observables); at < end; at += sizeof<T>()) {
    const old = load<T>(means + at);
    store<T>(means + at, old + <T>share * (load<T>(place + at) - old));
  }
  const shares = splat<T>(share);
  const weight = splat<T>(1 / norm);
  // Row i of P_m is row i - block of the state; the zeros about it are those of the m that the block does not have.
  const state = psi - bytes<T>(walker.block);
  const ofPm = walker.own + bytes<T>(Pm);
  const end = bytes<T>(atoms + 1);
  let at: usize = 0;
  for (; at + 16 <= end; at += 16) {
    const old = v128.load(ofPm + at);
    const x = v128.load(state + at);
    let square = v128.mul<T>(x, x);
    if (isComplex<A>()) {
      const y = v128.load(state + imaginary + at);
      square = plus<T>(square, y, y);
    }
    const here = v128.mul<T>(weight, square);
    v128.store(ofPm + at, plus<T>(old, shares, v128.sub<T>(here, old)));
  }
  for (; at < end; at += sizeof<T>()) {
    const old = load<T>(ofPm + at);
    const x = load<T>(state + at);
    let square = x * x;
    if (isComplex<A>()) {
      const y = load<T>(state + imaginary + at);
      square += y * y;
    }
    store<T>(ofPm + at, old + <T>share * (<T>(1 / norm) * square - old));
  }
  const visit = visits + 4 * usize(walker.block);
  i32.store(visit, i32.load(visit) + 1);
}

/** Closes the record of a trajectory at its end. */
export function finish<T>(): void {
  const averaged = slots - burnInSlots;
  for (let b = 0; b <= atoms / 2; b++) {
    const share = averaged > 0 ? f64(i32.load(visits + 4 * usize(b))) / f64(averaged) : 0;
    store<T>(walker.own + bytes<T>(Pj + b), <T>share);
  }
}
