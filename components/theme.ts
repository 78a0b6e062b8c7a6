/** Light or dark: what the system says unless the person chose; the choice stays in this browser, not in links. */

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'dicke-bistability-lab.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

/** Fires `change` when the colours of the page have changed. */
export const themeEvents = new EventTarget();

system.addEventListener('change', applyTheme);

export function chosenTheme(): Theme {
  return themes.find((theme) => theme === localStorage.getItem(key)) ?? 'auto';
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(key, theme);
  applyTheme();
}

/** Writes light or dark where the page's stylesheet reads it. */
export function applyTheme(): void {
  const chosen = chosenTheme();
  document.documentElement.dataset.theme = chosen === 'auto' ? (system.matches ? 'dark' : 'light') : chosen;
  themeEvents.dispatchEvent(new Event('change'));
}
