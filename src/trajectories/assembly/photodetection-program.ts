/** Photodetection in the precision Real that it is compiled for. */
import { beginTrajectory, walkTrajectory } from './photodetection';

export * from './block-summary';
export * from './ensemble';
export * from './photodetection';
export * from './photon-counting';

type Amplitude = i8;

export function begin(): void {
  beginTrajectory<Real, Amplitude>();
}

export function walk(last: i32): bool {
  return walkTrajectory<Real, Amplitude>(last);
}
