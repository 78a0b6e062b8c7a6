import type { RunContext } from './experiment';

/** Shortest time between two reports, ms: faster than an eye follows is work lost. */
const interval = 100;

/**
 * A reporter of progress with rate and ETA.
 * @param before what earlier runs did of the total
 * @returns call it with what is done, the share of all work (0 to 1) where that says more than `done / total`, and
 *   the total that is now expected, where a run may end before all is done
 */
export function paced({ onProgress }: RunContext, phase: string, unit: string, total: number, before = 0) {
  const began = performance.now();
  let last = Number.NEGATIVE_INFINITY;
  return (done: number, share = done / total, expected = total): void => {
    const now = performance.now();
    const reached = share * total;
    if (now - last < interval && reached < expected) return;
    last = now;
    const seconds = (now - began) / 1000;
    // A first report comes too soon for a rate.
    const rate = reached > before && now - began >= interval ? (reached - before) / seconds : null;
    const eta = rate === null ? null : Math.max(0, expected - reached) / rate;
    onProgress({ phase, done, total: Math.max(done, expected), unit, seconds, rate, eta });
  };
}
