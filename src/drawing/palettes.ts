/** The colours of plots and their files, light and dark (after Okabe and Ito: told apart by colour-blind eyes and in print). */
import type { Ink } from './plot-spec';

/** `#rrggbb` each; `surface` is what a plot stands on. */
export type Palette = Readonly<Record<Ink | 'text' | 'grid' | 'surface', string>>;

export const palettes: { readonly light: Palette; readonly dark: Palette } = {
  light: {
    lower: '#0072b2',
    upper: '#d55e00',
    unstable: '#7b8490',
    mean: '#008a64',
    trace: '#566373',
    exact: '#17202b',
    guide: '#a35f8c',
    text: '#4a5665',
    grid: '#e3e7ec',
    surface: '#ffffff',
  },
  dark: {
    lower: '#56b4e9',
    upper: '#f09a38',
    unstable: '#8e9aa7',
    mean: '#3fcb9f',
    trace: '#a9b6c4',
    exact: '#f3f6f9',
    guide: '#d99ac4',
    text: '#aab6c3',
    grid: '#273340',
    surface: '#171e26',
  },
};

export const sansFont = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
