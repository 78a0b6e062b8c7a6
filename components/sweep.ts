/** A sweep of the drive, for one number of atoms or several: the requests it is made of. */
import type { RunRequest } from '../src/experiments/run';
import { MAX_ATOMS, meanFieldRates, type SystemInput, type SystemParameters } from '../src/parameters/system';

export interface Sweep {
  /** numbers of atoms; empty means the system's own */
  readonly atoms: readonly number[];
  /** Omega/Omega_c, rising */
  readonly drives: readonly number[];
}

/** Reads a sweep's fields; `problems` gets a sentence for each at fault. */
export function sweepOf(
  values: Readonly<Record<'from' | 'to' | 'points' | 'numbers', string>>,
  problems: Map<string, string>,
): Sweep | null {
  const from = numberIn(values.from);
  const to = numberIn(values.to);
  const points = numberIn(values.points);
  if (!(from >= 0 && from <= 100)) problems.set('from', 'Must be a number (Ω/Ω_c) from 0 to 100.');
  if (!(to > from && to <= 100))
    problems.set('to', 'Must be a number (Ω/Ω_c) above the start and up to 100.');
  if (!Number.isInteger(points) || points < 2 || points > 401)
    problems.set('points', 'Must be a whole number from 2 to 401.');
  const atoms = values.numbers.trim() === '' ? [] : values.numbers.split(',').map(numberIn);
  if (atoms.length > 6 || atoms.some((n) => !Number.isInteger(n) || n < 2 || n > MAX_ATOMS))
    problems.set('numbers', `Must be up to 6 whole numbers from 2 to ${MAX_ATOMS}, with commas between.`);
  if (['from', 'to', 'points', 'numbers'].some((field) => problems.has(field))) return null;
  const step = (to - from) / (points - 1);
  // Rounded so that a link and its sweep agree to the last digit.
  const drives = Array.from({ length: points }, (_, i) => Number((from + i * step).toPrecision(9)));
  return { atoms, drives };
}

/**
 * The sweep's numbers of atoms, apart by whether they can have the system's Gamma/gamma: it is at most N - 1. The system's own number
 * always can.
 */
export function sizesThatFit(parameters: SystemParameters, atoms: readonly number[]) {
  const { Gamma, gamma } = meanFieldRates(parameters);
  const fits = (n: number) => n === parameters.atoms || n - 1 >= Gamma / gamma;
  return { fitting: atoms.filter(fits), leftOut: atoms.filter((n) => !fits(n)) };
}

/**
 * One request a point, the first N first. Other numbers of atoms than the system's own are taken at its Gamma/gamma, in
 * units of gamma, as the paper compares them; those that cannot have it are left out.
 */
export function sweepRequests(
  command: string,
  own: SystemInput,
  parameters: SystemParameters,
  { atoms, drives }: Sweep,
): RunRequest[] {
  const rates = meanFieldRates(parameters);
  const systems: SystemInput[] =
    atoms.length === 0
      ? [own]
      : sizesThatFit(parameters, atoms).fitting.map((n) =>
          n === parameters.atoms ? own : { atoms: n, ratio: rates.Gamma / rates.gamma },
        );
  return systems.flatMap(({ drive: _drive, omega: _omega, ...system }) =>
    drives.map((drive) => ({ command, system: { ...system, drive }, options: {} })),
  );
}

const numberIn = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));
