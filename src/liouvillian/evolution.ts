/** The master equation in time: classical Runge-Kutta of fourth order in Horner's form, in float64. */
import { crssAmplitudes, crssEigenvalue } from '../operators/crss';
import { InputError } from '../parameters/errors';
import type { Liouvillian } from './liouvillian';

/** Pure states of spin N/2 to start from: all atoms down, all up, or the CRSS. */
export const startStates = ['ground', 'excited', 'crss'] as const;
export type StartState = (typeof startStates)[number];

/** |psi><psi|, packed. @throws InputError for the CRSS without collective decay */
export function startState({ pyramid, system, unknowns }: Liouvillian, start: StartState): Float64Array {
  const [{ j, dim }] = pyramid.blocks;
  const psi = new Float64Array(dim);
  if (start === 'crss') {
    if (system.gamma1D === 0)
      throw new InputError('start', start, 'ground or excited without collective decay');
    psi.set(crssAmplitudes(j, crssEigenvalue(system)));
  } else psi[start === 'ground' ? 0 : dim - 1] = 1;
  const rho = new Float64Array(unknowns);
  for (let r = 0; r < dim; r++) for (let c = 0; c <= r; c++) rho[pyramid.index(0, r, c)] = psi[r] * psi[c];
  return rho;
}

/** Of the bound on |L|: RK4 is stable to 2.78 on the negative axis, and Gershgorin's bound is about twice the spectral radius. */
const STEP = 1.5;
/** Of the Rabi period's inverse: the few atoms that STEP alone would take too coarsely turn by a tenth of a radian a step. */
const TURN = 0.05;

/** Moves rho on by `time`, in place, in equal steps. `pause` is awaited between steps. */
export class Evolution {
  private readonly largest: number;
  private readonly stage: Float64Array;
  private readonly image: Float64Array;

  constructor(private readonly liouvillian: Liouvillian) {
    this.largest = Math.max(normBound(liouvillian), (STEP / TURN) * liouvillian.system.omega);
    this.stage = new Float64Array(liouvillian.unknowns);
    this.image = new Float64Array(liouvillian.unknowns);
  }

  stepsFor(time: number): number {
    return Math.max(1, Math.ceil((time * this.largest) / STEP));
  }

  async advance(rho: Float64Array, time: number, pause: () => Promise<void>): Promise<void> {
    const { liouvillian, stage, image } = this;
    const steps = this.stepsFor(time);
    const h = time / steps;
    for (let step = 0; step < steps; step++) {
      // rho + h L (rho + h/2 L (rho + h/3 L (rho + h/4 L rho)))
      stage.set(rho);
      for (let k = 4; k >= 1; k--) {
        liouvillian.apply(stage, image);
        const factor = h / k;
        for (let i = 0; i < stage.length; i++) stage[i] = rho[i] + factor * image[i];
      }
      rho.set(stage);
      await pause();
    }
  }
}

/** Gershgorin: the largest sum of absolute values in a row of L. */
function normBound({ pyramid, stencils: { forward } }: Liouvillian): number {
  const { diagonal, next, previous, stay, above, below, rowOffset } = forward;
  let largest = 0;
  pyramid.forEach((_, b, r, c) => {
    const [k, l] = [rowOffset[b] + r, rowOffset[b] + c];
    const drive = Math.abs(next[k]) + Math.abs(next[l]) + Math.abs(previous[k]) + Math.abs(previous[l]);
    const jumps = stay[k] * stay[l] + above[k] * above[l] + below[k] * below[l];
    largest = Math.max(largest, drive + jumps - diagonal[k] - diagonal[l]);
  });
  return largest;
}
