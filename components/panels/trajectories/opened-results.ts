/** Results of trajectories from files: saved by the page or the command line, one or several. */

import { type DocumentOf, isOf } from '../../../src/experiments/registry';
import type { RunRequest } from '../../../src/experiments/run';
import { ensembleSettings } from '../../../src/experiments/trajectories/trajectory-table';
import { flagOf, type NamedDocument, pick } from '../../../src/parameters/options';
import { requestOf } from '../../../src/results/origin';
import { savedRuns } from '../../../src/results/saved';
import { type Field, textOf } from '../../parameters/fields';
import { ensembleOptions, systemInput, type View, withSystem } from '../../parameters/view';
import { isOfRatios, type RunName, runNameOf } from '../../runs/run-names';
import type { Shown } from '../../runs/runs';

export type Ensemble = DocumentOf<'trajectories'>;

/** An ensemble and the file that it came from. */
export interface OpenedResult extends NamedDocument {
  readonly document: Ensemble;
}

export interface OpenedFiles {
  readonly ensembles: readonly OpenedResult[];
  /** what else a session holds, by the names of the page's runs */
  readonly others: readonly { readonly name: RunName; readonly shown: Shown }[];
}

/**
 * Everything in the files: results of trajectories, and whatever a session holds beside them.
 * @throws Error naming a file without a result, InputError one that is not as it was written
 */
export async function openResults(files: readonly File[]): Promise<OpenedFiles> {
  const opened = await Promise.all(
    files.map(async (file) => {
      const content = parsed(file.name, await file.text());
      const { command } = { ...(content as object | null) } as { command?: unknown };
      if (!Array.isArray(content) && command !== 'trajectories')
        throw new Error(`${file.name} holds no result of trajectories.`);
      return savedRuns('open', file.name, content).map((run) => ({ file: file.name, ...run }));
    }),
  );
  const runs = opened.flat();
  return {
    ensembles: runs.flatMap(({ file, documents }) =>
      documents.flatMap((document) => (isOf(document, 'trajectories') ? [{ name: file, document }] : [])),
    ),
    others: runs.flatMap(({ documents, several }) => {
      const ofRatios = isOfRatios(documents.map(({ parameters }) => parameters));
      const name = documents.length === 0 ? undefined : runNameOf(documents[0].command, several, ofRatios);
      // A self-test says something of the adapter that it ran on, and the page has its own.
      if (name === undefined || name === 'ensemble' || name === 'self-test') return [];
      return [{ name, shown: { requests: documents.map(requestOf), documents } }];
    }),
  };
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
