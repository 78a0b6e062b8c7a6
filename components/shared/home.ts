/**
 * Whose page it is. The lab's own gives it address, history, storage and theme; what stands on a page of others leaves all of these alone,
 * and keeps what was chosen for as long as the page is there.
 */
let isHome = false;
const memory = new Map<string, string>();

/** Said by the lab's own pages, before anything is put on them. */
export function beAtHome(): void {
  isHome = true;
}

export const isAtHome = (): boolean => isHome;

/** What was kept under a key; null where nothing was, or nothing can be. */
export function kept(key: string): string | null {
  if (!isHome) return memory.get(key) ?? null;
  try {
    return localStorage.getItem(key);
  } catch {
    // No storage here, as in a frame of another site.
    return null;
  }
}

/** @throws DOMException where the browser keeps nothing */
export function keep(key: string, value: string): void {
  if (isHome) localStorage.setItem(key, value);
  else memory.set(key, value);
}
