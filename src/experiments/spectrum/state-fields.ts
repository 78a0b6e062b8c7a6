/** The fields of a state in the results, and those of their errors. */
import { type Fields, group, number, orNull, over, type ResultOf } from '../fields';

/** Of the collective spin, in the paper's axes. */
export const momentFields = {
  Sx: number(),
  Sy: number(),
  Sz: number(),
  Sx2: number(),
  Sy2: number(),
  Sz2: number(),
  squeezing: orNull(number()),
} as const satisfies Fields;
const moments = group(momentFields);

export const stateFields = {
  moments,
  /** from m = -N/2 up */
  Pm: over('m', number()),
  /** from j = N/2 down */
  Pj: over('j', number()),
} as const satisfies Fields;
export type StateSummary = ResultOf<typeof stateFields>;

/** Bounds on |value - exact| that a bound on the state's own error gives; of `Pm` and `Pj` on each entry. */
export const stateErrorFields = {
  /** of the squeezing to first order; null where there is none */
  moments,
  Pm: number(),
  Pj: number(),
} as const satisfies Fields;
export type StateErrors = ResultOf<typeof stateErrorFields>;

export const fidelityFields = {
  /** <CRSS| rho |CRSS>, the CRSS of j = N/2; its square root is QuTiP's fidelity. Null without collective decay. */
  crssFidelity: orNull(number()),
  /** summed over a CRSS in every j */
  crssFidelityAllJ: orNull(number()),
} as const satisfies Fields;
export type Fidelities = ResultOf<typeof fidelityFields>;
