/** A number for reading: four significant digits and a real minus sign. */
export function short(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size < 1e-3 || size >= 1e6 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
  return minus(text);
}

/** A measured value: the error to two digits, the value to the same place. `−2.976 ± 0.012`, `1.284e−151 ± 3.2e−154` */
export function measured(value: number, error: number): string {
  if (!(error > 0)) return short(value);
  const place = 1 - Math.floor(Math.log10(error));
  if (place >= -4 && place <= 9) {
    const digits = Math.max(0, place);
    return `${minus(value.toFixed(digits))} ± ${error.toFixed(digits)}`;
  }
  const first = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  const figures = Math.min(9, Math.max(1, 1 + first + place));
  return `${minus(value.toPrecision(figures))} ± ${minus(error.toExponential(1))}`;
}

/** With real minus signs. */
const minus = (text: string) => text.replaceAll('-', '−');
