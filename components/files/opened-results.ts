/** Results from files: saved by the page or the command line, one or several, or a session's. */
import { check } from '../../src/experiments/check';
import type { ResultDocument } from '../../src/experiments/experiment';
import { type DocumentOf, isOf } from '../../src/experiments/registry';
import type { RunRequest } from '../../src/experiments/run';
import { detectionOf, ensembleSettings } from '../../src/experiments/trajectories/trajectory-table';
import { InputError } from '../../src/parameters/errors';
import { flagOf, type NamedDocument, pick } from '../../src/parameters/options';
import { requestOf } from '../../src/results/origin';
import { savedRuns } from '../../src/results/saved';
import { type Field, textOf } from '../parameters/fields';
import { inPageWords } from '../parameters/page-words';
import { checkView, ensembleOptions, systemInput, type View, withSystem } from '../parameters/view';
import { isOfRatios, isOfSeveral, type RunName, runNameOf } from '../runs/run-names';
import type { Runs, Shown } from '../runs/runs';

export type Ensemble = DocumentOf<'trajectories'>;

/** An ensemble and the file that it came from. */
interface OpenedResult extends NamedDocument {
  readonly document: Ensemble;
}

interface OpenedFiles {
  readonly ensembles: readonly OpenedResult[];
  /** what else a session holds, by the names of the page's runs */
  readonly others: readonly { readonly name: RunName; readonly shown: Shown }[];
  /** of mean fields, which the page draws without a run: the first one's */
  readonly field: DocumentOf | undefined;
}

/**
 * Shows all that the files hold, several ensembles merged, once all of it is known to be good: before that nothing on the page changes.
 * @param only files without a session are to be of that command
 * @param changeView shows the view that asks for what was opened
 * @throws Error naming a file without a result, InputError one that is not as it was written
 */
export async function openFiles(
  files: readonly File[],
  view: View,
  runs: Runs,
  changeView: (view: View) => void,
  only?: 'trajectories',
): Promise<void> {
  const { ensembles, others, field } = await readFiles(files, only);
  const merging = { command: 'trajectories', system: {}, options: { merge: ensembles } };
  if (ensembles.length > 1) check(merging);
  const [first] = ensembles;
  const documents = others.flatMap(({ shown }) => shown.documents);
  const single = others.find(({ name }) => !isOfSeveral(name))?.shown.documents[0] ?? documents[0] ?? field;
  if (first === undefined && single === undefined)
    throw new Error('There is nothing in it that this page shows.');
  const count = ensembles.reduce((sum, { document }) => sum + document.result.count, 0);
  const own = first ? viewOf(view, first.document, count) : withSystem(view, single.parameters);
  const sweep = others.find(({ name }) => name.startsWith('sweep'))?.shown.documents ?? [];
  const next = withSweepOf(own, sweep);
  changeView(next);
  for (const { name, shown } of others) runs.show(name, shown);
  if (first === undefined) return;
  const requests = [ensembleRequest(next)];
  if (ensembles.length === 1) runs.show('ensemble', { requests, documents: [first.document] });
  else await runs.start('ensemble', [merging], { requests, documents: [] });
}

/** The view with the fields of a sweep, where these say just its points. */
function withSweepOf(view: View, documents: readonly ResultDocument[]): View {
  const drives = [...new Set(documents.map(({ parameters }) => parameters.driveOverCritical))];
  const atoms = [...new Set(documents.map(({ parameters }) => parameters.atoms))];
  if (drives.length < 2 || drives.includes(null)) return view;
  const isOwn = atoms.length === 1 && String(atoms[0]) === view.values.atoms;
  const values = {
    ...view.values,
    from: String(drives[0]),
    to: String(drives[drives.length - 1]),
    points: String(drives.length),
    numbers: isOwn ? '' : atoms.join(', '),
  };
  const said = checkView({ ...view, values }).sweep;
  return said && JSON.stringify(said.drives) === JSON.stringify(drives) ? { ...view, values } : view;
}

/** Everything in the files. */
async function readFiles(files: readonly File[], only?: 'trajectories'): Promise<OpenedFiles> {
  const opened = await Promise.all(
    files.map(async (file) => {
      const content = parsed(file.name, await file.text());
      const { command } = { ...(content as object | null) } as { command?: unknown };
      if (!Array.isArray(content) && only !== undefined && command !== only)
        throw new Error(`${file.name} holds no result of ${only}.`);
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
    field: runs.flatMap(({ documents }) => documents).find(({ command }) => command === 'mean-field'),
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
function viewOf(view: View, { parameters, result }: Ensemble, count: number): View {
  const { seed, records } = result;
  const said = {
    ...pick(result, ensembleSettings),
    ...detectionOf(result),
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

/** Why files could not be opened, for a person. */
export function refusalOf(error: unknown): string {
  if (error instanceof InputError) return `${error.got}: must be ${inPageWords(error.takes)}.`;
  return error instanceof Error ? error.message : String(error);
}
