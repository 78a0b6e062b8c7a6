/** A number for reading: four significant digits and a real minus sign. */
export function short(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size < 1e-3 || size >= 1e6 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
  return minus(text);
}

/** Beyond so many significant digits a double says nothing. */
const DIGITS = 15;

/**
 * A measured value with its error in the last digits, rounded up so that no bound grows too small: `−2.976(12)`, `2.976185450(1)`,
 * `120(30)`, `1.284(4) × 10⁻¹⁵¹`.
 */
export function measured(value: number, error: number): string {
  if (!(error > 0)) return short(value);
  if (!Number.isFinite(error)) return `${short(value)} (error unknown)`;
  const size = value === 0 ? Number.NEGATIVE_INFINITY : Math.floor(Math.log10(Math.abs(value)));
  // The unit of the last digit, 10^place: two digits of the error, one where the second is 0 or the value has no more.
  let place = Math.max(Math.floor(Math.log10(error)) - 1, size - DIGITS + 1, -300);
  let units = Math.ceil((error / 10 ** place) * (1 - 1e-9));
  for (; units >= 10 && (units % 10 === 0 || units > 99); place++) units = Math.ceil(units / 10);
  const top = Math.max(size, place);
  if (top >= 6 || top < -4) {
    const exponent = top;
    const digits = exponent - place;
    return `${minus((value / 10 ** exponent).toFixed(digits))}(${units}) × 10${superscript(exponent)}`;
  }
  if (place >= 0)
    return `${minus(String(Math.round(value / 10 ** place) * 10 ** place))}(${units * 10 ** place})`;
  // An error of one and more keeps its decimal point.
  const said = units * 10 ** place >= 1 ? (units * 10 ** place).toFixed(-place) : String(units);
  return `${minus(value.toFixed(-place))}(${said})`;
}

/**
 * A proven interval, to one digit more than its ends have in common and rounded outwards, so that it holds what the interval holds:
 * `[4.1209511984, 4.1209511986]`, or the one number that it is.
 */
export function enclosure({ lower, upper }: { readonly lower: number; readonly upper: number }): string {
  if (lower === upper) return minus(String(lower));
  const digits = Math.min(20, Math.max(0, 1 - Math.floor(Math.log10(upper - lower))));
  const end = (value: number, outwards: 1 | -1) => {
    const rounded = value.toFixed(digits);
    const isOutside = outwards > 0 ? Number(rounded) > value : Number(rounded) < value;
    return isOutside ? rounded : (Number(rounded) + outwards * 10 ** -digits).toFixed(digits);
  };
  return minus(`[${end(lower, -1)}, ${end(upper, 1)}]`);
}

const superscript = (exponent: number) =>
  String(exponent).replace(/./g, (digit) => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]));

/** With real minus signs. */
const minus = (text: string) => text.replaceAll('-', '−');
