/**
 * The minimum of a smooth function of one variable, each value of which is dear: steps downhill until it is bracketed, then parabolas through the
 * three best points, kept inside the bracket.
 * @param start and step where to begin
 * @param tolerance on the place of the minimum
 * @throws RangeError when no minimum turns up within 40 values
 */
export async function minimize(
  f: (x: number) => Promise<number>,
  start: number,
  step: number,
  tolerance: number,
): Promise<number> {
  const points: { x: number; y: number }[] = [];
  const add = async (x: number) => {
    points.push({ x, y: await f(x) });
    points.sort((a, b) => a.x - b.x);
  };
  const lowest = () => points.reduce((best, _, i) => (points[i].y < points[best].y ? i : best), 0);
  await add(start);
  await add(start + step);
  for (let values = 2; values < 40; values++) {
    const i = lowest();
    const stride = step * 2 ** Math.max(0, points.length - 3);
    if (i === 0) await add(points[0].x - stride);
    else if (i === points.length - 1) await add(points[i].x + stride);
    else {
      const [a, b, c] = [points[i - 1], points[i], points[i + 1]];
      const next = vertex(a, b, c);
      // Distance to the nearest value known: below it nothing new is learnt.
      if (Math.abs(next - b.x) <= tolerance && Math.min(b.x - a.x, c.x - b.x) <= 3 * step) return next;
      const width = c.x - a.x;
      const inside = Math.min(Math.max(next, a.x + 0.05 * width), c.x - 0.05 * width);
      const apart = Math.abs(inside - b.x) < 0.1 * tolerance;
      await add(apart ? b.x + (c.x - b.x > b.x - a.x ? 0.3 * (c.x - b.x) : -0.3 * (b.x - a.x)) : inside);
    }
  }
  throw new RangeError(`No minimum found from ${start} within 40 values.`);
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the parabola through three points with the middle one lowest has its minimum. */
function vertex(a: Point, b: Point, c: Point): number {
  const left = (b.x - a.x) * (b.y - c.y);
  const right = (b.x - c.x) * (b.y - a.y);
  return b.x - ((b.x - a.x) * left - (b.x - c.x) * right) / (2 * (left - right));
}
