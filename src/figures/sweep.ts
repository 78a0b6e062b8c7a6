/** A sweep of the drive, for one number of atoms or several: the requests it is made of. */
import type { RunRequest } from '../experiments/run';
import { InputError } from '../parameters/errors';
import { checkOptions, type OptionTable, type Raw } from '../parameters/options';
import { atSameRatio, decayRatio, type SystemParameters } from '../parameters/system';
import { MAX_ATOMS, type SystemInput } from '../parameters/system-options';

export interface Sweep {
  /** numbers of atoms; empty means the system's own */
  readonly atoms: readonly number[];
  /** Omega/Omega_c, rising */
  readonly drives: readonly number[];
}

const drive = { kind: 'number', from: 0, to: 100, means: 'Omega/Omega_c' } as const;
const symbol = '*Ω*/*Ω*_c';

/** The sweep of the drive: its ends in Omega/Omega_c, its points, the numbers of atoms. */
export const sweepOptions = {
  from: { value: { ...drive, default: 0.5 }, page: { label: 'From', symbol }, help: 'first drive' },
  to: { value: { ...drive, default: 1 }, page: { label: 'to', symbol }, help: 'last drive' },
  points: {
    value: { kind: 'whole number', from: 2, to: 401, default: 26 },
    page: { label: 'Points' },
    help: 'drives, equally spaced',
  },
  numbers: {
    value: { kind: 'whole numbers', from: 2, to: MAX_ATOMS, most: 6, default: [] },
    page: { label: 'Atoms, several', hint: 'or none' },
    help: "numbers of atoms; without any, the system's own",
  },
} as const satisfies OptionTable;

/** @throws InputError naming the field at fault */
export function sweepOf(raw: Raw): Sweep {
  const { from, to, points, numbers } = checkOptions(sweepOptions, raw);
  if (!(to > from)) {
    throw new InputError('to', to, `a number (Omega/Omega_c) above the start and up to ${drive.to}`);
  }
  const step = (to - from) / (points - 1);
  // Rounded so that a link and its sweep agree to the last digit.
  const drives = Array.from({ length: points }, (_, i) => Number((from + i * step).toPrecision(9)));
  return { atoms: numbers, drives };
}

/**
 * The sweep's numbers of atoms, apart by whether they can have the system's Gamma/gamma: it is at most N - 1. The system's own number
 * always can.
 */
export function sizesThatFit(parameters: SystemParameters, atoms: readonly number[]) {
  const fits = (n: number) => n === parameters.atoms || n - 1 >= decayRatio(parameters);
  return { fitting: atoms.filter(fits), leftOut: atoms.filter((n) => !fits(n)) };
}

/**
 * One request a point, the first N first. Other numbers of atoms than the system's own are taken at its Gamma/gamma, in
 * units of gamma, as the paper compares them, with its other rates; those that cannot have it are left out.
 */
export function sweepRequests(
  command: string,
  own: SystemInput,
  parameters: SystemParameters,
  { atoms, drives }: Sweep,
): RunRequest[] {
  const systems: SystemInput[] =
    atoms.length === 0
      ? [own]
      : sizesThatFit(parameters, atoms).fitting.map((n) =>
          n === parameters.atoms ? own : atSameRatio(parameters, n),
        );
  return systems.flatMap(({ drive: _drive, omega: _omega, ...system }) =>
    drives.map((drive) => ({ command, system: { ...system, drive }, options: {} })),
  );
}
