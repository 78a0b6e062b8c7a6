/** Systems of the general model with each of its rates on or off, the same ones for the same seed. */
import fc from 'fast-check';
import { type SystemParameters, systemParameters } from '../../../src/parameters/system';
import type { SystemInput } from '../../../src/parameters/system-options';

const rate = fc.oneof(
  fc.constant(0),
  fc.double({ min: -2, max: 1.5, noNaN: true }).map((log) => 10 ** log),
);
const signed = fc.tuple(rate, fc.boolean()).map(([size, isBelow]) => (isBelow ? -size : size));

/** Each atom decays, so that the steady state is unique. */
const anySystem = (from: number, to: number): fc.Arbitrary<SystemInput> =>
  fc.record({
    atoms: fc.integer({ min: from, max: to }),
    gamma1d: rate,
    gammaf: fc.double({ min: -1, max: 1, noNaN: true }).map((log) => 10 ** log),
    omega: rate,
    detuning: signed,
    collectiveShift: signed,
    pumping: rate,
    dephasing: rate,
    collectivePumping: rate,
    collectiveDephasing: rate,
  });

export const anySystems = (count: number, from: number, to: number, seed = 18): SystemParameters[] =>
  fc.sample(anySystem(from, to), { numRuns: count, seed }).map((input) => systemParameters(input));
