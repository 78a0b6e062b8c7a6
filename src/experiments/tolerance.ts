import { InputError } from '../parameters/errors';

const DEFAULT = 1e-5;
/** Float64 outside allows no better bound than this. */
const LEAST = 1e-9;
const MOST = 0.1;

/**
 * The option `tolerance`: the error bound asked for, relative to lambda_1.
 * @throws InputError
 */
export function toleranceOption({ tolerance }: Readonly<Record<string, unknown>>): number {
  if (tolerance === undefined) return DEFAULT;
  const value = typeof tolerance === 'string' && tolerance.trim() !== '' ? Number(tolerance) : tolerance;
  if (typeof value !== 'number' || !(value >= LEAST && value <= MOST)) {
    throw new InputError(
      'tolerance',
      tolerance,
      `a number (a relative error bound) from ${LEAST} to ${MOST}`,
    );
  }
  return value;
}
