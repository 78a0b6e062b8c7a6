/** Homodyne and heterodyne detection: the host's side of `shaders/diffusion/` and of `assembly/diffusion.ts`. */
import { diffusionOnCpu, diffusionTable, turnOf } from './diffusion-memory';
import { prepareJumps } from './photodetection';
import type { Unraveling } from './unraveling';
import { UnravelingError, unravelingFacts } from './unraveling-facts';

/** A walker's own numbers between dispatches: Y of two quadratures, and the time that its state is behind. */
const numbersKept = 3;

const diffusive = (name: 'homodyne' | 'heterodyne'): Unraveling => ({
  name,
  ...unravelingFacts[name],
  start: () => 'ground state',
  prepare(gpu, memory, system, walkers, shared, recordings) {
    const { detection } = recordings;
    const kept = memory.storage('record', numbersKept * walkers * Float32Array.BYTES_PER_ELEMENT);
    const isHeterodyne = name === 'heterodyne';
    return prepareJumps(gpu, memory, system, walkers, shared, recordings, kept, {
      label: name,
      program: `diffusion/${name}`,
      entryPoint: 'walkDiffusion',
      currents: unravelingFacts[name].currents,
      table: diffusionTable(system, detection),
      constants: {
        jumpsTogether: 0,
        isHeterodyne: isHeterodyne ? 1 : 0,
        strength: Math.sqrt(system.gamma1D),
        ...turnOf(isHeterodyne ? 0 : detection.phase),
        efficiency: detection.efficiency,
      },
    });
  },
  ...diffusionOnCpu(name),
  judge(alarms) {
    if (alarms > 0)
      throw new UnravelingError(`${alarms} times a state was lost or a jump rate above its bound.`);
  },
});

export const homodyne = diffusive('homodyne');
export const heterodyne = diffusive('heterodyne');
