import type { RunContext } from './experiment';

/** Shortest time between two reports, ms: faster than an eye follows is work lost. */
const interval = 100;

/**
 * A reporter of progress with rate and ETA.
 * @returns call it with what is done, and the share of all work (0 to 1) where that says more than `done / total`
 */
export function paced({ onProgress }: RunContext, phase: string, unit: string, total: number) {
  const began = performance.now();
  let last = Number.NEGATIVE_INFINITY;
  return (done: number, share = done / total): void => {
    const now = performance.now();
    if (now - last < interval && share < 1) return;
    last = now;
    const seconds = (now - began) / 1000;
    const known = share > 0 && seconds > 0;
    const rate = known ? (share * total) / seconds : null;
    const eta = known ? (seconds * (1 - share)) / share : null;
    onProgress({ phase, done, total, unit, seconds, rate, eta });
  };
}
