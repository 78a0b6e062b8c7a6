/** Between which drives the mean field has several steady states, and several stable ones. */
import { isEquation1, meanFieldRates, type SystemParameters } from '../parameters/system';
import { bistableInterval, branchAt } from './branches';
import { type MeanField, meanFieldOf, powerOf2, scaled } from './equations';
import { derivative, type Polynomial, product, realRoots, sum, valueAt } from './real-roots';

/** Of drives. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** The unit of the drive in what is shown and reported: Omega_c, or that of the rates where there is none. */
export const driveUnit = (system: SystemParameters) => meanFieldRates(system).omegaCritical || 1;

/** The drives, in `driveUnit`, between which two or more steady states are stable, whatever the system's own drive; rising. */
export function bistableIntervals(system: SystemParameters): Interval[] {
  if (!isEquation1(system)) return inUnit(overlaps(stableArcs(meanFieldOf(system))), driveUnit(system));
  const interval = bistableInterval(meanFieldRates(system));
  return interval === null ? [] : [interval];
}

/** The drives, in `driveUnit`, between which there are three steady states; null where no drive has more than one. */
export function foldedDrives(system: SystemParameters): Interval | null {
  if (isEquation1(system)) return bistableInterval(meanFieldRates(system));
  const [interval] = inUnit(
    overlaps(arcs(meanFieldOf(system)).map(({ drives }) => drives)),
    driveUnit(system),
  );
  return interval ?? null;
}

const inUnit = (intervals: readonly Interval[], unit: number): Interval[] =>
  intervals.map(({ from, to }) => ({ from: from / unit, to: to / unit }));

/** A stretch of the curve of steady states on which the drive rises or falls throughout, and nothing gains or loses stability. */
interface Arc {
  readonly drives: Interval;
  readonly stable: boolean;
}

const stableArcs = (field: MeanField): Interval[] =>
  arcs(field).flatMap(({ stable, drives }) => (stable ? [drives] : []));

/**
 * Along the curve the drive is a function of z, 2 transverse Omega^2 = (b - p z) Q(z)/z with b = up - down, p = up + down and
 * Q = (transverse - z Gamma)^2/4 + (detuning + z shift)^2. With the Jacobian's characteristic polynomial
 * l^3 + a_1 l^2 + a_2 l + a_3, a_3 is 0 where the curve folds and a_1 a_2 - a_3 where a pair crosses the imaginary axis; z times
 * each is a polynomial.
 */
function arcs(of: MeanField): Arc[] {
  const unit = powerOf2({ ...of, omega: 0 });
  const field = scaled(of, unit);
  const { down, up, Gamma, transverse, detuning, shift } = field;
  const [b, p] = [up - down, up + down];
  // Without inversion there is one steady state at every drive.
  if (b === 0) return [];
  const across: Polynomial = [-transverse / 2, Gamma / 2];
  const turning: Polynomial = [detuning, shift];
  const size = sum(product(across, across), product(turning, turning));
  const rest: Polynomial = [b, -p];
  const z: Polynomial = [0, 1];
  const zA3 = sum(product([b], size), product([-1, 0], rest, z, derivative(size)));
  const pull = sum(
    product([4], size),
    product([2 * Gamma ** 2], z, z),
    product([-6 * Gamma], z, across),
    product([-4 * shift], z, turning),
  );
  const zA2 = sum(
    product(z, sum(size, product([-2 * p], across))),
    product([1 / (2 * transverse)], rest, pull),
  );
  const a1 = sum([p], product([-2], across));
  const hopf = sum(product(a1, zA2), product([-1], zA3));
  const [least, most] = [Math.min(b / p, 0), Math.max(b / p, 0)];
  const inside = [...realRoots(zA3, least, most), ...realRoots(hopf, least, most)].sort((x, y) => x - y);
  const ends = [least, ...inside, most];
  const driveAt = (at: number) =>
    at === 0
      ? Number.POSITIVE_INFINITY
      : Math.sqrt(Math.max(0, (valueAt(rest, at) * valueAt(size, at)) / (2 * transverse * at)));
  return ends.slice(1).flatMap((end, i) => {
    const drives = [ends[i], end].map(driveAt).sort((x, y) => x - y);
    const middle = (ends[i] + end) / 2;
    const { stable } = branchAt({ ...field, omega: driveAt(middle) }, middle);
    return end > ends[i] ? [{ stable, drives: { from: drives[0] * unit, to: drives[1] * unit } }] : [];
  });
}

/** Where two or more of them lie over each other, rising. */
function overlaps(intervals: readonly Interval[]): Interval[] {
  const ends = intervals.flatMap(({ from, to }) => [
    { at: from, step: 1 },
    { at: to, step: -1 },
  ]);
  // Where one ends as another begins they do not overlap.
  ends.sort((x, y) => x.at - y.at || x.step - y.step);
  const found: Interval[] = [];
  let depth = 0;
  let from = 0;
  for (const { at, step } of ends) {
    if (step > 0 && depth === 1) from = at;
    if (step < 0 && depth === 2 && at > from) found.push({ from, to: at });
    depth += step;
  }
  return found;
}
