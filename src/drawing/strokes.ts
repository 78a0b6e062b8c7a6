/** The lines of a curve: from point to point or in steps, in one ink or in two. */
import type { Curve, Ink } from './plot-spec';

type Point = readonly [x: number, y: number];

/** @param at the place of each of the curve's points; @param stretches their numbers, parted at gaps */
export function strokesOf(
  { ink, steps = false, shade }: Curve,
  stretches: readonly (readonly number[])[],
  at: (i: number) => Point,
): { readonly ink: Ink; readonly lines: readonly (readonly Point[])[] }[] {
  const isAbove = (i: number) => shade !== undefined && shade.by[i] > shade.level;
  const [below, above]: Point[][][] = [[], []];
  for (const stretch of stretches) {
    let line: Point[] = [];
    stretch.forEach((i, k) => {
      const place = at(i);
      if (k > 0) {
        const before = stretch[k - 1];
        const turns = isAbove(i) !== isAbove(before);
        const turn = steps ? corner(at(before), place) : middle(at(before), place);
        if (steps || turns) line.push(turn);
        if (turns) {
          (isAbove(before) ? above : below).push(line);
          line = [turn];
        }
      }
      line.push(place);
    });
    (isAbove(stretch[stretch.length - 1]) ? above : below).push(line);
  }
  const own = { ink, lines: below };
  return shade === undefined ? [own] : [own, { ink: shade.ink, lines: above }];
}

const corner = ([, y]: Point, [x]: Point): Point => [x, y];
const middle = ([x, y]: Point, [toX, toY]: Point): Point => [between(x, toX), between(y, toY)];
const between = (a: number, b: number) => Math.round(50 * (a + b)) / 100;
