/** Options that are numbers, given as such or as text. */
import { InputError } from '../parameters/errors';
import type { SystemParameters } from '../parameters/system';
import { ownUnit } from '../parameters/unit';

/** The longest time that is taken, 1e9 in the system's own unit. */
export const mostTime = (system: SystemParameters) => 1e9 / ownUnit(system);

export const positive = (argument: string, got: unknown, most: number) =>
  number(argument, got, Number.MIN_VALUE, most);

/** @throws InputError naming the argument */
export function number(argument: string, got: unknown, least: number, most: number, whole = false): number {
  const value = typeof got === 'string' && got.trim() !== '' ? Number(got) : got;
  if (
    typeof value !== 'number' ||
    !(value >= least && value <= most) ||
    (whole && !Number.isInteger(value))
  ) {
    const kind = whole ? 'a whole number' : 'a number';
    const from = least === Number.MIN_VALUE ? 'above 0 and up to' : `from ${least} to`;
    throw new InputError(argument, got, `${kind} ${from} ${most}`);
  }
  return value;
}
