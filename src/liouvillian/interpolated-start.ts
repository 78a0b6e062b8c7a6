/** Start vectors at one drive from the slow modes found at neighbouring drives. */
import type { Eigenpair } from './jacobi-davidson';
import type { Liouvillian } from './liouvillian';
import { combine } from './vectors';

/** A slow mode at one abscissa (the drive). */
export interface KnownMode {
  readonly at: number;
  readonly mode: Eigenpair;
}

/**
 * The polynomial through the vectors at up to three nearest drives, each scaled alike (w . u = 1 with the nearest one's); null without a
 * real mode to start from.
 */
export function interpolatedStart(liouvillian: Liouvillian, known: readonly KnownMode[], at: number) {
  const nearest = known
    .filter(({ mode }) => mode.im === 0 && mode.right[0].length === liouvillian.unknowns)
    .sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))
    .slice(0, 3);
  if (nearest.length === 0) return null;
  const [{ mode: reference }] = nearest;
  const lagrange = nearest.map((p) =>
    nearest.reduce((product, q) => (q === p ? product : (product * (at - q.at)) / (p.at - q.at)), 1),
  );
  const alike = (side: 'right' | 'left', opposite: Float64Array) =>
    lagrange.map((weight, i) => weight / liouvillian.inner(nearest[i].mode[side][0], opposite));
  return {
    right: combine(
      nearest.map(({ mode }) => mode.right[0]),
      alike('right', reference.left[0]),
    ),
    left: combine(
      nearest.map(({ mode }) => mode.left[0]),
      alike('left', reference.right[0]),
    ),
  };
}
