/** Random systems, on and off the paper's path: the same ones for the same seed. */
import { type SystemParameters, systemParameters } from '../../src/parameters/system';
import { philox, uniform01 } from '../../src/twin/philox';

export interface RandomSystems {
  readonly seed: number;
  readonly count: number;
  /** atoms, both ends included; from two on */
  readonly from: number;
  readonly to: number;
}

/** gamma_F over two decades, gamma_1D/gamma_F from 0.01 to 30, the drive up to 16 Omega_c and a fourth of them below Omega_c. */
export function randomSystems({ seed, count, from, to }: RandomSystems): SystemParameters[] {
  return Array.from({ length: count }, (_, n) => {
    const [size, decay, ratio, drive] = philox([n, 0, 0, 0], [seed, 0]).map(uniform01);
    const gammaf = 10 ** (2 * decay - 1);
    return systemParameters({
      atoms: Math.min(to, from + Math.floor(size * (to - from + 1))),
      gammaf,
      gamma1d: gammaf * 0.01 * 3000 ** ratio,
      drive: 16 * drive ** 2,
    });
  });
}
