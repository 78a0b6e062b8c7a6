/** How the collective output is detected. */
import type { SystemParameters } from '../parameters/system';
import type { Current } from './observables';

export interface Detection {
  /** of the local oscillator, homodyne: what is recorded is X = exp(-i phase) S_- + h.c. in the paper's axes, as in `radiation` */
  readonly phase: number;
  /** the share of the output that is recorded; the rest is measured all the same, and its record left out */
  readonly efficiency: number;
  /** how many times as long diffusive steps are to be: to see what their length errs by */
  readonly stretch?: number;
}

export const idealDetection: Detection = { phase: 0, efficiency: 1 };

/** <X> of S_- = S_x - i S_y, in the paper's axes. */
export const quadratureOf = (phase: number, Sx: number, Sy: number) =>
  2 * (Math.cos(phase) * Sx - Math.sin(phase) * Sy);

/** What the currents are in the mean in a state, by name. */
export const meanCurrents = (
  { gamma1D }: Pick<SystemParameters, 'gamma1D'>,
  { phase, efficiency }: Detection,
  Sx: number,
  Sy: number,
): Readonly<Record<Current, number>> => ({
  current: Math.sqrt(efficiency * gamma1D) * quadratureOf(phase, Sx, Sy),
  currentI: Math.sqrt((efficiency * gamma1D) / 2) * quadratureOf(0, Sx, Sy),
  currentQ: Math.sqrt((efficiency * gamma1D) / 2) * quadratureOf(Math.PI / 2, Sx, Sy),
});
