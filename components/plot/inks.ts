/** The colours of the plots as the theme of the page sets them (custom properties `--ink-…`). */
import type { Ink } from './plot-spec';

export type Palette = Readonly<Record<Ink | 'text' | 'grid', string>>;

const names: readonly (keyof Palette)[] = [
  'lower',
  'upper',
  'unstable',
  'mean',
  'trace',
  'exact',
  'guide',
  'text',
  'grid',
];

/** Reads the palette that holds for an element. */
export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  return Object.fromEntries(
    names.map((name) => [name, style.getPropertyValue(`--ink-${name}`).trim() || '#888']),
  ) as Palette;
}

export const sansFont = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
