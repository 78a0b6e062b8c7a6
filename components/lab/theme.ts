/** Light or dark: what the system says unless the person chose; the choice stays in this browser, not in links. */
import { type Palette, palettes } from '../../src/drawing/palettes';
import { drawAll } from '../plot/frame-queue';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'dicke-bistability-lab.theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const print = matchMedia('print');

/** Fires `change` when the colours of the page have changed. */
export const themeEvents = new EventTarget();

system.addEventListener('change', applyTheme);
print.addEventListener('change', () => {
  applyTheme();
  // What is printed is what stands there now.
  drawAll();
});

export function chosenTheme(): Theme {
  try {
    return themes.find((theme) => theme === localStorage.getItem(key)) ?? 'auto';
  } catch {
    // No storage here, as in a frame of another site.
    return 'auto';
  }
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(key, theme);
  applyTheme();
}

/** Paper is white. */
function currentTheme(): 'light' | 'dark' {
  if (print.matches) return 'light';
  const chosen = chosenTheme();
  if (chosen !== 'auto') return chosen;
  return system.matches ? 'dark' : 'light';
}

export const currentPalette = (): Palette => palettes[currentTheme()];

/** Writes light or dark where the page's stylesheet reads it, and the plots' colours as `--ink-…` and `--surface`. */
export function applyTheme(): void {
  const { dataset, style } = document.documentElement;
  dataset.theme = currentTheme();
  const { surface, ...inks } = currentPalette();
  style.setProperty('--surface', surface);
  for (const [name, colour] of Object.entries(inks)) style.setProperty(`--ink-${name}`, colour);
  themeEvents.dispatchEvent(new Event('change'));
}
