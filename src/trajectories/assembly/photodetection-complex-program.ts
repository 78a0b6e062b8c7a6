/** Photodetection with complex amplitudes, in the precision Real that it is compiled for. */
import { beginTrajectory, walkTrajectory } from './photodetection';

export * from './block-summary';
export * from './ensemble';
export * from './photodetection';
export * from './photon-counting';

type Complex = i16;

export function begin(): void {
  beginTrajectory<Real, Complex>();
}

export function walk(last: i32): bool {
  return walkTrajectory<Real, Complex>(last);
}
