/** A number for reading: four significant digits and a real minus sign. */
export function short(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size < 1e-3 || size >= 1e6 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
  return minus(text);
}

/** A measured value: the error to two digits, the value to the same place. `−2.976 ± 0.012` */
export function measured(value: number, error: number): string {
  if (!(error > 0)) return short(value);
  const digits = Math.max(0, 1 - Math.floor(Math.log10(error)));
  if (digits > 9) return `${minus(value.toPrecision(9))} ± ${minus(error.toExponential(1))}`;
  return `${minus(value.toFixed(digits))} ± ${error.toFixed(digits)}`;
}

/** With a real minus sign. */
const minus = (text: string) => text.replace('-', '−');
