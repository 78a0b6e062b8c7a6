/** The dark port off resonance in the precision Real that it is compiled for. */
import { summariseBlock } from './block-summary';
import { beginTrajectory, walkTrajectory } from './detuned-dark-port';

export * from './block-summary';
export * from './dark-port-modes';
export * from './detuned-dark-port';
export * from './ensemble';

export function begin(): void {
  beginTrajectory<Real>();
}

export function walk(last: i32): bool {
  return walkTrajectory<Real>(last);
}

export function summarise(count: i32): void {
  summariseBlock<Real>(count);
}
