/**
 * The part of the pyramid that a correction lives on. Slow modes and what corrects them fall off by orders of magnitude away from the states
 * between which they switch and from the diagonal: at N = 200 (R = 15.5, drive 0.765) a fifth of the elements hold all but 1e-4 of the right
 * vector, an eighth all but 1e-4 of the left one, and a step of an iteration costs as much as it has elements.
 */
import type { Liouvillian } from './liouvillian';

/** Of each row, all blocks one after the other, the first column that is kept; all up to the diagonal are, and none where it is beyond. */
export type Region = Int32Array;

/** A vector, and the part of its norm that may lie outside. */
export interface Shape {
  readonly vector: Float64Array;
  readonly outside: number;
}

/**
 * Steps of the stencil about what holds the shapes, into which the solution reaches beyond them: with 1 a solve took three to six regions one
 * after the other, with 4 one or two, with 8 half as much time again.
 */
const STEPS = 4;
/** A part of this many of the elements costs nearly as much as all. */
const NEARLY_ALL = 0.6;

/** The region that holds all of the shapes but what may lie outside, and what another holds; null for nearly all of the pyramid. */
export function regionOf(
  liouvillian: Liouvillian,
  shapes: readonly Shape[],
  also: Region | null = null,
): Region | null {
  const { pyramid, halves, stencils } = liouvillian;
  const { rowOffset } = stencils.forward;
  const region = also?.slice() ?? noRows(liouvillian);
  for (const { vector, outside } of shapes) {
    const least = leastOf(vector, outside);
    for (const { first } of halves)
      for (const { index: b, dim, offset } of pyramid.blocks)
        for (let r = 0; r < dim; r++) {
          const row = first + offset + (r * (r + 1)) / 2;
          const k = rowOffset[b] + r;
          let c = 0;
          while (c < region[k] && c <= r && !(Math.abs(vector[row + c]) >= least)) c++;
          region[k] = Math.min(region[k], c);
        }
  }
  let widened = region;
  for (let step = 0; step < STEPS; step++) widened = widen(liouvillian, widened);
  const kept = elementsIn(liouvillian, widened);
  return kept < NEARLY_ALL * pyramid.unknowns ? widened : null;
}

/** Elements of one part. */
export function elementsIn({ pyramid, stencils }: Liouvillian, region: Region): number {
  let kept = 0;
  for (const { index: b, dim } of pyramid.blocks)
    for (let r = 0; r < dim; r++) kept += r + 1 - region[stencils.forward.rowOffset[b] + r];
  return kept;
}

/** The region that holds every element that one step of the stencil reaches from this one. */
export function widen({ pyramid, stencils }: Liouvillian, region: Region): Region {
  const { rowOffset } = stencils.forward;
  const wide = region.slice();
  const include = (b: number, r: number, first: number) => {
    if (r < 0 || r >= (pyramid.blocks[b]?.dim ?? 0)) return;
    const k = rowOffset[b] + r;
    wide[k] = Math.min(wide[k], Math.max(0, first));
  };
  for (const { index: b, dim } of pyramid.blocks)
    for (let r = 0; r < dim; r++) {
      const first = region[rowOffset[b] + r];
      if (first > r) continue;
      for (let t = -1; t <= 1; t++) {
        include(b, r + t, first - 1);
        include(b - 1, r + t + 1, first);
        include(b + 1, r + t - 1, first - 2);
      }
    }
  return wide;
}

function noRows({ pyramid, stencils }: Liouvillian): Region {
  const none = new Int32Array(stencils.forward.diagonal.length);
  for (const { index: b, dim } of pyramid.blocks)
    for (let r = 0; r < dim; r++) none[stencils.forward.rowOffset[b] + r] = r + 1;
  return none;
}

/** Numbers below it are together at most this part of the norm: a power of 2. */
function leastOf(vector: Float64Array, part: number): number {
  const lowest = -1080;
  const squares = new Float64Array(2110);
  let whole = 0;
  for (const value of vector) {
    if (value === 0) continue;
    squares[Math.floor(Math.log2(Math.abs(value))) - lowest] += value * value;
    whole += value * value;
  }
  let below = 0;
  let e = 0;
  while (e < squares.length && below + squares[e] <= part ** 2 * whole) below += squares[e++];
  return 2 ** (e + lowest);
}
