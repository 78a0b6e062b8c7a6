/** Results of trajectories from files: saved by the page or the command line, one or several. */

import type { DocumentOf } from '../../../src/experiments/registry';
import type { RunRequest } from '../../../src/experiments/run';
import { read } from '../../../src/experiments/trajectories/earlier-runs';
import { ensembleSettings } from '../../../src/experiments/trajectories/trajectory-table';
import { flagOf, type NamedDocument, pick } from '../../../src/parameters/options';
import { type Field, textOf } from '../../parameters/fields';
import { ensembleOptions, systemInput, type View, withSystem } from '../../parameters/view';

export type Ensemble = DocumentOf<'trajectories'>;

/** An ensemble and the file that it came from. */
export interface OpenedResult extends NamedDocument {
  readonly document: Ensemble;
}

/** Every result of trajectories in the files, a session's too. @throws Error naming a file without one, or a damaged one */
export async function openResults(files: readonly File[]): Promise<OpenedResult[]> {
  const each = await Promise.all(
    files.map(async (file) => {
      const content = parsed(file.name, await file.text());
      const documents = (Array.isArray(content) ? content : [content]) as Partial<Ensemble>[];
      const ensembles = documents.filter((document) => document?.command === 'trajectories');
      if (ensembles.length === 0) throw new Error(`${file.name} holds no result of trajectories.`);
      return ensembles.map((document): OpenedResult => {
        read('resume', { name: file.name, document });
        return { name: file.name, document: document as Ensemble };
      });
    }),
  );
  return each.flat();
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${name} is no JSON file: ${(cause as Error).message}`, { cause });
  }
}

/** The view that asks for an ensemble's own trajectories, so many of them: what a run of it would be called for. */
export function viewOf(view: View, { parameters, result }: Ensemble, count: number): View {
  const { seed, records } = result;
  const said = {
    ...pick(result, ensembleSettings),
    count,
    records: records.length,
    ...(seed !== null && { seed }),
  };
  const texts = Object.entries(said).map(([name, value]) => {
    const field = flagOf(name) as Field;
    return [field, textOf(field, value)];
  });
  const values = { ...view.values, ...Object.fromEntries(texts) };
  return withSystem({ ...view, values }, parameters);
}

/** What the view's ensemble is asked for by. */
export const ensembleRequest = (view: View): RunRequest => ({
  command: 'trajectories',
  system: systemInput(view),
  options: ensembleOptions(view),
});
