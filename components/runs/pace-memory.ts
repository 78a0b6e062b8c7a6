/** How fast runs were here, by the engine that was chosen, kept in this browser: what estimates go by. */
import { learned, type Paces } from '../../src/experiments/cost';
import type { ResultDocument } from '../../src/experiments/experiment';
import type { RunRequest } from '../../src/experiments/run';
import { keep, kept } from '../shared/home';
import { chosenEngine } from './chosen-engine';

const key = () => `dicke-bistability-lab.paces.${chosenEngine()}`;

const isPace = ([, pace]: [string, unknown]) => typeof pace === 'number' && pace > 0 && Number.isFinite(pace);

/** What is not a pace, from whatever wrote it there, counts for nothing. */
export function rememberedPaces(): Paces {
  try {
    const paces: unknown = JSON.parse(kept(key()) ?? '{}');
    return Object.fromEntries(Object.entries(paces ?? {}).filter(isPace));
  } catch {
    // No JSON there: estimates then say that nothing was measured.
    return {};
  }
}

/**
 * Learns from a whole run; part of one, or one that went on from another, says too little.
 * @param startUp of its seconds: it says nothing of the next run
 */
export function rememberPace(
  request: RunRequest,
  { seconds, interrupted }: ResultDocument,
  startUp: number,
): void {
  if (interrupted || request.options.resume !== undefined || request.options.merge !== undefined) return;
  keep(key(), JSON.stringify(learned(rememberedPaces(), request, seconds - startUp)));
}
