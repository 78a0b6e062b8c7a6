/** What the observables of N atoms can be, and what float32 leaves of them. */
import { isReal, type SystemParameters } from '../parameters/system';
import { complexObservables, factsOf, type Recorded } from '../trajectories/observables';

/**
 * What float32 leaves of a trajectory's moments, relative to their range: terms as large as the range make them up, and the
 * kernels miss their float64 twins by up to this. No error may be smaller, however little the trajectories scatter and
 * however small the value.
 */
export const resolution = 2 ** -20;

/** Between the least and the most that an observable can be in any state. */
export const rangeOf = (observable: Recorded, atoms: number) => factsOf(observable).range(atoms);

/** What float32 leaves of an observable: of a weight of the state what it leaves of a square. */
export function roundingOf(observable: Recorded, atoms: number, value: number): number {
  return factsOf(observable).isWeight ? roundingOfSquare(value) : resolution * rangeOf(observable, atoms);
}

/** What rounding an amplitude of at most 1 leaves of its square. */
export function roundingOfSquare(square: number): number {
  return 2 * resolution * Math.sqrt(Math.max(square, 0)) + resolution ** 2;
}

/** Whether there are jumps that change anything: neither driven nor pumped, all atoms stay in the ground state. */
export const hasJumps = ({ omega, pumping, collectivePumping }: SystemParameters): boolean =>
  omega + pumping + collectivePumping > 0;

/** Whether j can change: one atom has a single j, and collective jumps keep it. */
export const changesJ = (system: SystemParameters): boolean =>
  hasJumps(system) && system.gammaF + system.pumping + system.dephasing > 0 && system.atoms > 1;

/** Whether an observable stays what it is in the ground state; on resonance, where amplitudes are complex, in the mean. */
export const isConstant = (observable: Recorded, system: SystemParameters): boolean =>
  (observable === 'j' && !changesJ(system)) ||
  (factsOf(observable).isCoherence === true && system.omega === 0) ||
  (isReal(system) && (complexObservables as readonly Recorded[]).includes(observable));
