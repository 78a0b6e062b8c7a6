/** Diffusion with real amplitudes, in the precision Real that it is compiled for. */
import { beginDiffusion, walkDiffusion } from './diffusion';

export * from './block-summary';
export * from './diffusion';
export * from './ensemble';
export * from './photodetection';
export * from './photon-counting';

type Amplitude = i8;

export function begin(): void {
  beginDiffusion<Real, Amplitude>();
}

export function walk(last: i32): bool {
  return walkDiffusion<Real, Amplitude>(last);
}
