/** The diffusive walks in WebAssembly: their code, and what `assembly/diffusion.ts` reads. */
import { driftTable } from '../operators/drift';
import { isReal, type SystemParameters } from '../parameters/system';
import type { Detection } from './detection';
import type { LinearMemory } from './linear-memory';
import { layJumps } from './photodetection-memory';
import type { OnCpu, Recordings } from './unraveling';
import { unravelingFacts } from './unraveling-facts';

/**
 * h w of the longest step, w a bound of the numerical radius of D: the error of the averages goes with its square.
 */
export const stepReach = 0.3;

/** The drift's blocks for a diffusive walk: candidates are those of all jumps but the collective output's, which makes none. */
export function diffusionTable(system: SystemParameters, { stretch = 1 }: Detection) {
  const jumping = driftTable({ ...system, gamma1D: 0 });
  return driftTable(system).map((block, b) => ({
    ...block,
    bound: jumping[b].bound,
    rates: jumping[b].rates,
    longest: (stretch * stepReach) / block.radius,
  }));
}

/** exp(-i phase) in the real gauge, where S_- = i S_-'. At pi/2 it is real, but for the rounding of pi. */
export function turnOf(phase: number) {
  const turnIm = Math.cos(phase);
  return { turnRe: Math.sin(phase), turnIm: Math.abs(turnIm) < Number.EPSILON ? 0 : turnIm };
}

export const diffusionOnCpu = (name: 'homodyne' | 'heterodyne'): OnCpu => {
  const { photons, currents } = unravelingFacts[name];
  return {
    ...{ photons, currents },
    parts: (system, detection) => partsOf(system, detection, name === 'heterodyne'),
    assembly: (parts) =>
      parts === 1
        ? {
            float32: () => import('./assembly/diffusion-program.ts?float32-assembly'),
            float64: () => import('./assembly/diffusion-program.ts?float64-assembly'),
          }
        : {
            float32: () => import('./assembly/diffusion-complex-program.ts?float32-assembly'),
            float64: () => import('./assembly/diffusion-complex-program.ts?float64-assembly'),
          },
    lay: (memory, system, recordings) => layDiffusion(memory, system, recordings, name === 'heterodyne'),
  };
};

/** A record of the quadrature that is real in the real gauge leaves amplitudes real. */
const partsOf = (system: SystemParameters, { phase }: Detection, isHeterodyne: boolean) =>
  isReal(system) && !isHeterodyne && turnOf(phase).turnIm === 0 ? 1 : 2;

function layDiffusion(
  memory: LinearMemory,
  system: SystemParameters,
  { committor, detection }: Recordings,
  isHeterodyne: boolean,
) {
  return {
    ...layJumps(
      memory,
      system,
      partsOf(system, detection, isHeterodyne),
      diffusionTable(system, detection),
      committor,
    ),
    // The output makes no jumps.
    gamma1D: 0,
    strength: Math.sqrt(system.gamma1D),
    isHeterodyne: isHeterodyne ? 1 : 0,
    ...turnOf(isHeterodyne ? 0 : detection.phase),
    efficiency: detection.efficiency,
  };
}
