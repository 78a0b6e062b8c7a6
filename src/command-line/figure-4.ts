/** An ensemble that was run by itself as figure 4, beside its tables. */
import { sheets } from '../drawing/sheet';
import type { ResultDocument } from '../experiments/experiment';
import { type DocumentOf, isOf } from '../experiments/registry';
import { run } from '../experiments/run';
import { pictureFiles } from '../figures/figure-files';
import { panels } from '../figures/panels';
import { inputOf } from '../parameters/system';
import { dawn } from './dawn';
import type { OutFolder } from './out-folder';
import { say } from './outlets';
import { nodeThreads } from './threads';

/**
 * Writes its pictures, as far as it kept a trajectory, between the metastable states where there is a slow mode.
 * @throws Error where one cannot be written
 */
export async function drawFigure4(
  document: ResultDocument,
  folder: OutFolder,
  signal: AbortSignal,
): Promise<void> {
  if (!isOf(document, 'trajectories') || document.result.traces.length === 0) return;
  const documents = [...(await statesOf(document, signal)), document];
  for (const number of ['4a', '4b', '4c'] as const)
    for (const { part, spec } of panels[number].plots(documents)) {
      if (spec.curves.length === 0) continue;
      const files = pictureFiles({ number, part, spec }, documents, sheets.column);
      for (const file of files) if (file.type === 'image/svg+xml') say(`Wrote ${folder.write(file)}`);
    }
}

/** None where the ensemble's result has no slow mode, or the run is stopped. */
async function statesOf({ parameters, engine, result }: DocumentOf<'trajectories'>, signal: AbortSignal) {
  if (result.predicted === null || signal.aborted) return [];
  const request = { command: 'metastable', system: inputOf(parameters), options: {}, engine };
  try {
    const states = await run(request, { gpu: dawn, threads: nodeThreads(), signal, tell: () => {} });
    return states.interrupted ? [] : [states];
  } catch (error) {
    if (!signal.aborted) say(`Figure 4 lacks the metastable states: ${(error as Error).message}`);
    return [];
  }
}
