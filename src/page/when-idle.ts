/** Calls back when the page has time, or after so many ms; not every browser can tell. */
export function whenIdle(callback: () => void, timeout: number): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(callback, { timeout });
  else setTimeout(callback);
}
