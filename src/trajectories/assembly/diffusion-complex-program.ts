/** Diffusion with complex amplitudes, in the precision Real that it is compiled for. */
import { beginDiffusion, walkDiffusion } from './diffusion';

export * from './block-summary';
export * from './diffusion';
export * from './ensemble';
export * from './photodetection';
export * from './photon-counting';

type Complex = i16;

export function begin(): void {
  beginDiffusion<Real, Complex>();
}

export function walk(last: i32): bool {
  return walkDiffusion<Real, Complex>(last);
}
