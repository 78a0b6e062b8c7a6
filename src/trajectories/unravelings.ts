import { darkPort } from './dark-port';
import { heterodyne, homodyne } from './diffusion';
import { photodetection } from './photodetection';
import type { Unraveling } from './unraveling';
import type { UnravelingName } from './unraveling-facts';

/** The unravellings themselves, by name. */
export const unravelings: Readonly<Record<UnravelingName, Unraveling>> = {
  'dark-port': darkPort,
  photodetection,
  homodyne,
  heterodyne,
};
