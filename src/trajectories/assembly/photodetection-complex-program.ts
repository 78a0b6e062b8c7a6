/** Photodetection with complex amplitudes, in the precision Real that it is compiled for. */
import { summariseBlock } from './block-summary';
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

export function summarise(count: i32): void {
  summariseBlock<Real>(count);
}
