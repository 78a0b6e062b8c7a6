/** Right and left eigenvectors, each found by itself, as modes. */
import { orthonormal } from './krylov-space';
import type { RitzPair } from './nearest-eigenvalues';

/** Both sides have an eigenvalue to far better than this, relative to it, where they have it. */
const MATCHING = 0.01;

/**
 * Right with left vectors of the same eigenvalue; lost is what one side alone has. Two real eigenvalues about to become a complex pair may be
 * two on one side and one plane on the other, and are then a plane on both.
 */
export function matchSides(
  rights: readonly RitzPair[],
  lefts: readonly RitzPair[],
): { matched: { right: RitzPair; left: RitzPair }[]; lost: RitzPair[] } {
  const matched: { right: RitzPair; left: RitzPair }[] = [];
  const alone = { right: [...rights], left: [...lefts] };
  for (const right of rights) {
    const [left] = nearest(right, alone.left).filter(({ basis }) => basis.length === right.basis.length);
    if (left === undefined) continue;
    matched.push({ right, left });
    remove(alone.right, right);
    remove(alone.left, left);
  }
  for (const side of ['right', 'left'] as const) {
    const other = side === 'right' ? 'left' : 'right';
    for (const plane of alone[side].filter(({ basis }) => basis.length === 2)) {
      const [a, b] = nearest(plane, alone[other]).filter(({ basis }) => basis.length === 1);
      if (b === undefined) continue;
      const both = { ...plane, basis: orthonormal([...a.basis, ...b.basis]) };
      matched.push(side === 'right' ? { right: plane, left: both } : { right: both, left: plane });
      remove(alone[side], plane);
      for (const one of [a, b]) remove(alone[other], one);
    }
  }
  return { matched, lost: alone.right };
}

/** Those of the same eigenvalue, nearest first. */
function nearest(pair: RitzPair, others: readonly RitzPair[]): RitzPair[] {
  const distance = (other: RitzPair) => Math.hypot(pair.re - other.re, pair.im - other.im);
  return others
    .filter((other) => distance(other) <= MATCHING * Math.hypot(pair.re, pair.im))
    .sort((a, b) => distance(a) - distance(b));
}

function remove<Item>(items: Item[], item: Item): void {
  items.splice(items.indexOf(item), 1);
}
