/** Homodyne and heterodyne detection: the host's side of `shaders/diffusion/` and of `assembly/diffusion.ts`. */
import { diffusionOnCpu } from './diffusion-memory';
import type { Unraveling } from './unraveling';
import { UnravelingError, unravelingFacts } from './unraveling-facts';

const diffusive = (name: 'homodyne' | 'heterodyne'): Unraveling => ({
  name,
  ...unravelingFacts[name],
  start: () => 'ground state',
  prepare: () => Promise.reject(new UnravelingError(`${name} is walked by the CPU engine alone.`)),
  ...diffusionOnCpu(name),
  judge(alarms) {
    if (alarms > 0)
      throw new UnravelingError(`${alarms} states were lost to rounding or rates above their bound.`);
  },
});

export const homodyne = diffusive('homodyne');
export const heterodyne = diffusive('heterodyne');
