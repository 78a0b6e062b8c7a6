/** The dark port off resonance in float64. */
import { summariseBlock } from './block-summary';
import { beginTrajectory, walkTrajectory } from './detuned-dark-port';

export * from './block-summary';
export * from './dark-port-modes';
export * from './detuned-dark-port';
export * from './ensemble';

export function begin(): void {
  beginTrajectory<f64>();
}

export function walk(last: i32): bool {
  return walkTrajectory<f64>(last);
}

export function summarise(count: i32): void {
  summariseBlock<f64>(count);
}
