/** The dark port in the precision Real that it is compiled for. */
import { summariseBlock } from './block-summary';
import { beginTrajectory, walkTrajectory } from './dark-port';

export * from './block-summary';
export * from './dark-port-modes';
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
