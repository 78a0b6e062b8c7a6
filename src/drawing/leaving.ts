/** Where curves leave the picture: a small triangle at its upper or lower edge, so that nothing ends unseen. */
import type { Frame, Point } from './places';

/** Two marks nearer than this, in pixels, would be one. */
const room = 9;

/**
 * The triangles' outlines, their tips last.
 * @param stretches of points that follow one another
 * @param isLine a line is marked where it crosses an edge; points and bars each where they are beyond it
 */
export function leavingMarks(
  stretches: readonly (readonly Point[])[],
  isLine: boolean,
  { left, top, width, height }: Frame,
): Point[][] {
  const bottom = top + height;
  // What stands on the edge is in the picture.
  const side = ([, y]: Point) => (y < top - 1 ? -1 : y > bottom + 1 ? 1 : 0);
  const outlines: Point[][] = [];
  const last = { '-1': Number.NEGATIVE_INFINITY, '1': Number.NEGATIVE_INFINITY };
  const mark = (x: number, beyond: -1 | 0 | 1) => {
    if (beyond === 0 || x < left || x > left + width || x - last[beyond] < room) return;
    last[beyond] = x;
    const edge = beyond < 0 ? top : bottom;
    outlines.push([
      [hundredth(x - 4), hundredth(edge - 8 * beyond)],
      [hundredth(x + 4), hundredth(edge - 8 * beyond)],
      [hundredth(x), hundredth(edge - beyond)],
    ]);
  };
  for (const stretch of stretches)
    for (const [i, point] of stretch.entries()) {
      if (!isLine) mark(point[0], side(point));
      else if (i > 0 && side(point) !== side(stretch[i - 1])) {
        const [inside, out] = side(point) === 0 ? [point, stretch[i - 1]] : [stretch[i - 1], point];
        const edge = side(out) < 0 ? top : bottom;
        const share = (edge - inside[1]) / (out[1] - inside[1]);
        mark(inside[0] + share * (out[0] - inside[0]), side(out));
      }
    }
  return outlines;
}

const hundredth = (value: number) => Math.round(100 * value) / 100;
