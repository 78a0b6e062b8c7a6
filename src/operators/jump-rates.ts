import type { SystemParameters } from '../parameters/system';
import { dephasing, emission, jumpTable, type Process, pumping } from './ladder';
import type { Pyramid } from './pyramid';

/** Jumps per time of the photodetection unravelling, Eq. (S16), in the unit of the rates: of emission gamma_1D <S_+ S_-> ... */
export interface ProcessRates {
  readonly collectivePerTime: number;
  /** ... and all atoms together: gamma_F (N/2 + <S_z>) */
  readonly individualPerTime: number;
  /** the same by what becomes of j */
  readonly individual: { readonly sameJ: number; readonly toLowerJ: number; readonly toHigherJ: number };
}

/** Those of emission, and beside them of pumping and of dephasing where there is any. */
export interface JumpRates extends ProcessRates {
  readonly pumping?: ProcessRates;
  readonly dephasing?: ProcessRates;
}

/** Whether there are jumps of a process. */
export const hasProcess = (system: SystemParameters, { individual, collective }: Process) =>
  system[individual] + system[collective] > 0;

/** The rates in the state rho: a packed operator of trace 1, of which only the diagonal counts. */
export function jumpRates(system: SystemParameters, pyramid: Pyramid, rho: ArrayLike<number>): JumpRates {
  const of = (process: Process) => processRates(system, pyramid, rho, process);
  return {
    ...of(emission),
    ...(hasProcess(system, pumping) && { pumping: of(pumping) }),
    ...(hasProcess(system, dephasing) && { dephasing: of(dephasing) }),
  };
}

function processRates(
  system: SystemParameters,
  pyramid: Pyramid,
  rho: ArrayLike<number>,
  process: Process,
): ProcessRates {
  let [collective, same, down, up] = [0, 0, 0, 0];
  for (const { index, j, dim } of pyramid.blocks) {
    const amplitudes = jumpTable(process, system.atoms, j);
    for (let r = 0; r < dim; r++) {
      const population = rho[pyramid.index(index, r, r)];
      collective += amplitudes.collective[r] ** 2 * population;
      same += amplitudes.same[r] ** 2 * population;
      down += amplitudes.down[r] ** 2 * population;
      up += amplitudes.up[r] ** 2 * population;
    }
  }
  const rate = system[process.individual];
  return {
    collectivePerTime: system[process.collective] * collective,
    individualPerTime: rate * (same + down + up),
    individual: { sameJ: rate * same, toLowerJ: rate * down, toHigherJ: rate * up },
  };
}
