/** The dark port off resonance in float32. */
import { summariseBlock } from './block-summary';
import { beginTrajectory, walkTrajectory } from './detuned-dark-port';

export * from './block-summary';
export * from './dark-port-modes';
export * from './detuned-dark-port';
export * from './ensemble';

export function begin(): void {
  beginTrajectory<f32>();
}

export function walk(last: i32): bool {
  return walkTrajectory<f32>(last);
}

export function summarise(count: i32): void {
  summariseBlock<f32>(count);
}
