/** Where an axis has its ticks, and what they say. */

/** Round values: as many as there is room for. */
function linearTicks(from: number, to: number, most: number): number[] {
  const raw = (to - from) / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 2.5, 5, 10].find((s) => s * power >= raw) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  return Array.from({ length: Math.floor(to / step + 1e-9) - first + 1 }, (_, i) => (first + i) * step);
}

/** Powers of ten, thinned to the room; where these are few, values between them too; over less than a decade round values. */
function logTicks(from: number, to: number, most: number): number[] {
  const first = Math.floor(Math.log10(from));
  const decades = Array.from({ length: Math.ceil(Math.log10(to)) - first + 1 }, (_, i) => 10 ** (first + i));
  const times = (factors: readonly number[]) =>
    decades
      .flatMap((decade) => factors.map((factor) => factor * decade))
      .filter((tick) => tick >= from * 0.999 && tick <= to * 1.001);
  const powers = times([1]);
  const every = Math.ceil(powers.length / most);
  if (powers.length > 2) return powers.filter((_, i) => i % every === 0);
  const [fine, coarse] = [times([1, 2, 5]), times([1, 3])];
  const fitting = [fine, coarse, powers].find(({ length }) => length > 1 && length <= most + 1);
  return fine.length > 3 && fitting ? fitting : linearTicks(from, to, most);
}

/** Pixels that a tick and its text need along each axis. */
const room = { x: 44, y: 24 };

/** @param length of the axis in pixels */
export function ticks(
  scale: 'linear' | 'log' | undefined,
  [from, to]: readonly [number, number],
  axis: 'x' | 'y',
  length: number,
): number[] {
  const most = Math.max(2, Math.floor(length / room[axis]));
  return scale === 'log' ? logTicks(from, to, most) : linearTicks(from, to, most);
}

/** The texts of ticks, with the digits that they have and no more. */
export function tickTexts(at: readonly number[]): string[] {
  const closest = Math.min(
    ...at.slice(1).map((tick, i) => tick - at[i]),
    ...at.map(Math.abs).filter(Boolean),
  );
  /** The fewest digits at which the texts mean the ticks. */
  const digits = (ticks: readonly number[], write: (tick: number, digits: number) => string) => {
    const right = (d: number) =>
      ticks.every((tick) => Math.abs(Number(write(tick, d)) - tick) < 1e-6 * closest);
    let d = 0;
    while (d < 15 && !right(d)) d++;
    return d;
  };
  const decimal = (tick: number, d: number) => tick.toFixed(d);
  const exponential = (tick: number, d: number) => tick.toExponential(d);
  const needsExponent = (tick: number) => tick !== 0 && (Math.abs(tick) < 1e-3 || Math.abs(tick) >= 1e5);
  const places = digits(
    at.filter((tick) => !needsExponent(tick)),
    decimal,
  );
  return at.map((tick) => {
    const text = needsExponent(tick)
      ? exponential(tick, digits([tick], exponential))
      : String(Number(decimal(tick, places)));
    return text.replaceAll('-', '−');
  });
}
