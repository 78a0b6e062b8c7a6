/** Photodetection in float32. */
import { summariseBlock } from './block-summary';
import { beginTrajectory, walkTrajectory } from './photodetection';

export * from './block-summary';
export * from './ensemble';
export * from './photodetection';
export * from './photon-counting';

type Real = i8;

export function begin(): void {
  beginTrajectory<f32, Real>();
}

export function walk(last: i32): bool {
  return walkTrajectory<f32, Real>(last);
}

export function summarise(count: i32): void {
  summariseBlock<f32>(count);
}
