/** What a picture's file is made for: a screen, or a journal's column at its printed size. */
import { plainNotation, words } from './notation';

/** Lengths in the units of the file's `viewBox`: CSS pixels on a screen; in print 12 of them are 7 pt. */
export interface Sheet {
  /** for a person */
  readonly label: string;
  /** of the file; null on a screen, where it is the picture's own */
  readonly millimetres: number | null;
  readonly width: number;
  /** of a plot whose legend leaves its frame `leastFrame` */
  readonly height: number;
  readonly leastFrame: number;
  readonly margin: { readonly left: number; readonly right: number; readonly bottom: number };
  /** sizes of text */
  readonly axis: number;
  readonly tick: number;
  readonly legend: number;
}

const pointsPerInch = 72;
const millimetresPerInch = 25.4;
/** Of 12 units: the least text, that of ticks. */
const tickPoints = 7;
const unitsPerMillimetre = ((12 / tickPoints) * pointsPerInch) / millimetresPerInch;
/** What journals ask of line art. */
const dotsPerInch = 600;

const inPrint = (label: string, millimetres: number, height: number, leastFrame: number): Sheet => ({
  ...{ label, millimetres, height, leastFrame },
  width: Math.round(millimetres * unitsPerMillimetre),
  margin: { left: 60, right: 14, bottom: 48 },
  ...{ axis: 13.5, tick: 12, legend: 12.5 },
});

export const sheets = {
  screen: {
    ...{ label: 'for a screen', millimetres: null },
    ...{ width: 720, height: 460, leastFrame: 200 },
    margin: { left: 72, right: 20, bottom: 58 },
    ...{ axis: 15, tick: 12, legend: 13 },
  },
  column: inPrint('one column, 86 mm', 86, 280, 170),
  page: inPrint('two columns, 178 mm', 178, 420, 280),
} as const satisfies Readonly<Record<string, Sheet>>;
export type SheetName = keyof typeof sheets;

/** The size of a picture of so many units, as attributes of its `<svg>`. */
export function sizeOf({ millimetres, width: whole }: Sheet, width: number, height: number): string {
  if (millimetres === null) return `width="${width}" height="${height}"`;
  const inMillimetres = (units: number) => Number(((units * millimetres) / whole).toFixed(3));
  return `width="${inMillimetres(width)}mm" height="${inMillimetres(height)}mm"`;
}

/** Pixels of a PNG by its file's unit, and its dots per metre; on a screen twice as many as the screen's, of no size in print. */
export function resolutionOf({ millimetres, width }: Sheet): {
  pixelsPerUnit: number;
  dotsPerMetre: number | null;
} {
  if (millimetres === null) return { pixelsPerUnit: 2, dotsPerMetre: null };
  return {
    pixelsPerUnit: ((millimetres / millimetresPerInch) * dotsPerInch) / width,
    dotsPerMetre: Math.round((1000 / millimetresPerInch) * dotsPerInch),
  };
}

/** About the width of words of a size, rather more than less. */
export const roughWidth = (markup: string, size: number) => 0.554 * size * plainNotation(markup).length;

/** Markup in lines that fit, broken between words. */
export function linesOf(markup: string, size: number, room: number): string[] {
  const lines: string[] = [];
  for (const word of words(markup)) {
    const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length > 0 && roughWidth(longer, size) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
