/** The two metastable states of the bistable system, Eqs. (4), (5), (10), and the committor. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { momentsOfRho } from '../operators/moments';
import type { Pyramid } from '../operators/pyramid';
import type { Eigenpair } from './jacobi-davidson';
import type { Liouvillian } from './liouvillian';

export interface MetastableStates {
  /** rho_+ and rho_-, packed, trace 1; "+" is the one of lower <S_z> */
  readonly plus: Float64Array;
  readonly minus: Float64Array;
  /** a_+- = Tr(rho_s rho_+-) / Tr(rho_+-^2): near, not exactly, the weights of a sum of 1 */
  readonly aPlus: number;
  readonly aMinus: number;
  /** (Tr W rho_s - w_-)/(w_+ - w_-) with w_+- = Tr W rho_+-, whatever identity W holds: the chance that the steady state ends in "+" */
  readonly pPlus: number;
  /** the committor (W - w_-)/(w_+ - w_-), packed: Tr of it with a state is the state's chance to end up in "+" */
  readonly committor: Float64Array;
}

/**
 * rho_1 is split by the sign of its eigenvalues, block by block.
 * @throws RangeError for a pair, which does not split
 */
export function metastableStates(
  liouvillian: Liouvillian,
  slowMode: Eigenpair,
  rho: Float64Array,
): MetastableStates {
  if (slowMode.right.length > 1) throw new RangeError('A pair of slow modes does not split into two states.');
  const { pyramid } = liouvillian;
  const { positive, negative } = splitBySign(pyramid, slowMode.right[0]);
  const Sz = (x: Float64Array) => momentsOfRho(pyramid, x).Sz;
  const [plus, minus] = Sz(positive) < Sz(negative) ? [positive, negative] : [negative, positive];
  const [w] = slowMode.left;
  const [wSteady, wPlus, wMinus] = [rho, plus, minus].map((state) => liouvillian.inner(w, state));
  return {
    plus,
    minus,
    aPlus: liouvillian.inner(rho, plus) / liouvillian.inner(plus, plus),
    aMinus: liouvillian.inner(rho, minus) / liouvillian.inner(minus, minus),
    pPlus: (wSteady - wMinus) / (wPlus - wMinus),
    committor: w.map((value, i) => (value - wMinus * liouvillian.identity[i]) / (wPlus - wMinus)),
  };
}

/** The positive and the (sign-turned) negative part of a packed operator, each of trace 1. */
function splitBySign(pyramid: Pyramid, x: Float64Array) {
  const positive = new Float64Array(x.length);
  const negative = new Float64Array(x.length);
  for (const { index: b, dim } of pyramid.blocks) {
    const block = Matrix.zeros(dim, dim);
    for (let r = 0; r < dim; r++) for (let c = 0; c < dim; c++) block.set(r, c, pyramid.element(x, b, r, c));
    const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(block, {
      assumeSymmetric: true,
    });
    const vectors = eigenvectorMatrix.to2DArray();
    const up = realEigenvalues.map((value) => Math.max(value, 0));
    for (let r = 0; r < dim; r++) {
      for (let c = 0; c <= r; c++) {
        const index = pyramid.index(b, r, c);
        let sum = 0;
        for (let k = 0; k < dim; k++) sum += vectors[r][k] * up[k] * vectors[c][k];
        positive[index] = sum;
        negative[index] = sum - x[index];
      }
    }
  }
  for (const part of [positive, negative]) {
    const trace = pyramid.trace(part);
    for (let i = 0; i < part.length; i++) part[i] /= trace;
  }
  return { positive, negative };
}
