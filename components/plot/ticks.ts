/** Where an axis has its ticks, and what they say. */

/** About six round values. */
function linearTicks(from: number, to: number): number[] {
  const raw = (to - from) / 6;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((s) => s * power >= raw) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  return Array.from({ length: Math.floor(to / step + 1e-9) - first + 1 }, (_, i) => (first + i) * step);
}

/** Powers of ten; with 2 and 5 between them when those are few; round values when these are few too. */
function logTicks(from: number, to: number): number[] {
  const first = Math.floor(Math.log10(from));
  const decades = Array.from({ length: Math.ceil(Math.log10(to)) - first + 1 }, (_, i) => 10 ** (first + i));
  const inside = (t: number) => t >= from * 0.999 && t <= to * 1.001;
  const [coarse, fine] = [decades, decades.flatMap((d) => [d, 2 * d, 5 * d])].map((t) => t.filter(inside));
  return coarse.length > 2 ? coarse : fine.length > 3 ? fine : linearTicks(from, to);
}

export function ticks(scale: 'linear' | 'log' | undefined, from: number, to: number): number[] {
  return scale === 'log' ? logTicks(from, to) : linearTicks(from, to);
}

/** The texts of ticks, each to the digits that tell it from its neighbours. */
export function tickTexts(at: readonly number[]): string[] {
  const closest = Math.min(...at.slice(1).map((tick, i) => tick - at[i]));
  const digits = Number.isFinite(closest) ? Math.max(0, -Math.floor(Math.log10(closest) + 1e-9)) : 3;
  return at.map((tick) => {
    const size = Math.abs(tick);
    const text =
      size > 0 && (size < 1e-3 || size >= 1e5)
        ? tick.toExponential(0)
        : String(Number(tick.toFixed(Math.min(digits, 6))));
    return text.replace('-', '−');
  });
}
