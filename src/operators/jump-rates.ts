import type { SystemParameters } from '../parameters/system';
import { emission, jumpTable } from './ladder';
import type { Pyramid } from './pyramid';

/** Jumps per time of the photodetection unravelling, Eq. (S16), in the unit of the rates. */
export interface JumpRates {
  /** gamma_1D <S_+ S_-> */
  readonly collectivePerTime: number;
  /** all atoms together: gamma_F (N/2 + <S_z>) */
  readonly individualPerTime: number;
  /** the same by what becomes of j */
  readonly individual: { readonly sameJ: number; readonly toLowerJ: number; readonly toHigherJ: number };
}

/** The rates in the state rho: a packed operator of trace 1 in the symmetric sector. */
export function jumpRates(
  { atoms, gamma1D, gammaF }: SystemParameters,
  pyramid: Pyramid,
  rho: ArrayLike<number>,
): JumpRates {
  let [collective, same, down, up] = [0, 0, 0, 0];
  for (const { index, j, dim } of pyramid.blocks) {
    const amplitudes = jumpTable(emission, atoms, j);
    for (let r = 0; r < dim; r++) {
      const population = rho[pyramid.index(index, r, r)];
      collective += amplitudes.collective[r] ** 2 * population;
      same += amplitudes.same[r] ** 2 * population;
      down += amplitudes.down[r] ** 2 * population;
      up += amplitudes.up[r] ** 2 * population;
    }
  }
  return {
    collectivePerTime: gamma1D * collective,
    individualPerTime: gammaF * (same + down + up),
    individual: { sameJ: gammaF * same, toLowerJ: gammaF * down, toHigherJ: gammaF * up },
  };
}
