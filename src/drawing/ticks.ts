/** Where an axis has its ticks, and what they say. */
import type { PlotAxis } from './plot-spec';

/**
 * Round values: as many as there is room for.
 * @param whole where values come in steps of 1, one of them
 */
function linearTicks(from: number, to: number, most: number, whole?: number): number[] {
  const raw = Math.max((to - from) / most, whole === undefined ? 0 : 1);
  const power = 10 ** Math.floor(Math.log10(raw));
  const steps = [1, 2, 5, 10].map((s) => s * power);
  const step = steps.find((s) => s >= raw) ?? 10 * power;
  const start = whole ?? 0;
  const [first, last] = [Math.ceil((from - start) / step - 1e-9), Math.floor((to - start) / step + 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, i) => start + (first + i) * step);
}

/** Powers of ten, thinned to the room; where these are few, values between them too; over less than a decade round values. */
function logTicks(from: number, to: number, most: number, whole?: number): number[] {
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
  return fine.length > 3 && fitting ? fitting : linearTicks(from, to, most, whole);
}

/** Pixels that a tick and its text need along each axis. */
const room = { x: 44, y: 28 };
/** No more than these are read. */
const mostTicks = 11;

/** @param length of the axis in pixels */
export function ticks(
  { scale, whole }: Pick<PlotAxis, 'scale' | 'whole'>,
  [from, to]: readonly [number, number],
  axis: 'x' | 'y',
  length: number,
): number[] {
  const most = Math.min(mostTicks, Math.max(2, Math.floor(length / room[axis])));
  return scale === 'log' ? logTicks(from, to, most, whole) : linearTicks(from, to, most, whole);
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

/** Narrow enough that a number stays one word. */
const thinSpace = '\u2009';

/**
 * The texts of ticks in the markup of `notation`: powers of ten as such, all of an axis where one is, and thin spaces between
 * thousands.
 */
export function tickMarkup(at: readonly number[]): string[] {
  const texts = tickTexts(at);
  const isPower = (tick: number) =>
    tick > 0 && Math.abs(Math.log10(tick) - Math.round(Math.log10(tick))) < 1e-9;
  if (texts.some((text) => text.includes('e')) && at.every(isPower))
    return at.map((tick) => power(Math.round(Math.log10(tick))));
  return texts.map((text) => {
    const [, sign, digits, exponent] = /^(−?)([\d.]+)(?:e([+−]\d+))?$/.exec(text)!;
    if (exponent === undefined)
      return sign + digits.replace(/\B(?=(\d{3})+$)/g, digits.length > 4 ? thinSpace : '');
    const factor = digits === '1' ? '' : `${digits}${thinSpace}×${thinSpace}`;
    return sign + factor + power(Number(exponent.replace('−', '-')));
  });
}

const power = (exponent: number) =>
  exponent === 0 ? '1' : exponent === 1 ? '10' : `10^{${String(exponent).replace('-', '−')}}`;

const raised: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789−'].map((digit, i) => [digit, '⁰¹²³⁴⁵⁶⁷⁸⁹⁻'[i]]),
);

/** A tick's markup as one plain text, its exponent in raised digits: what a canvas can write. */
export const tickText = (markup: string) =>
  markup.replace(/\^\{([^}]*)\}/g, (_, exponent: string) =>
    [...exponent].map((digit) => raised[digit]).join(''),
  );
