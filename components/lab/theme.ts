/**
 * Light or dark: what the system says unless the person chose. At home the choice stays in this browser, not in links, and the whole page
 * wears it; on pages of others only what stands there of the lab does.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { css } from 'lit';
import { type Palette, palettes } from '../../src/drawing/palettes';
import { drawAll } from '../plot/frame-queue';
import { isAtHome, keep, kept } from '../shared/home';
import { colours } from './colours';

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

export const chosenTheme = (): Theme => themes.find((theme) => theme === kept(key)) ?? 'auto';

/** For all of the lab that stands on this page. */
export function chooseTheme(theme: Theme): void {
  keep(key, theme);
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

/** What wears the theme on a page of others. */
const guests = new Set<HTMLElement>();

/** Writes the colours where the styles read them: the plots' as `--ink-…` and `--surface`, the page's by their names. */
export function applyTheme(): void {
  const theme = currentTheme();
  const { surface, ...inks } = palettes[theme];
  for (const { dataset, style } of isAtHome() ? [document.documentElement] : guests) {
    dataset.theme = theme;
    style.setProperty('color-scheme', theme);
    style.setProperty('--surface', surface);
    for (const [name, colour] of Object.entries(inks)) style.setProperty(`--ink-${name}`, colour);
    for (const [name, colour] of Object.entries(colours[theme])) style.setProperty(`--${name}`, colour);
  }
  themeEvents.dispatchEvent(new Event('change'));
}

/** What a page of others does not give. */
export const guestStyle = css`
  :host([data-theme]) {
    isolation: isolate;
    background: var(--bg);
    color: var(--text);
    font:
      15px / 1.5 system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Helvetica Neue',
      Arial,
      sans-serif;
  }
  @media print {
    :host([data-theme]) {
      background: none;
      print-color-adjust: exact;
    }
  }
`;

/** Wears the theme while it stands on a page of others. */
export class Guest implements ReactiveController {
  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  hostConnected(): void {
    if (isAtHome()) return;
    guests.add(this.host);
    applyTheme();
  }

  hostDisconnected(): void {
    guests.delete(this.host);
  }
}
