/** Saved results, read back: a document, the list of a sweep's, or a session, a list of both. */
import { type DocumentOf, readAny } from '../experiments/registry';

/** The documents of one run, which may have been of several requests. */
export interface SavedRun {
  readonly documents: readonly DocumentOf[];
  readonly several: boolean;
}

/**
 * @param argument that named the file
 * @param content of the file, parsed
 * @throws InputError where one of its documents is not as it was written
 */
export function savedRuns(argument: string, name: string, content: unknown): SavedRun[] {
  const read = (document: unknown) => readAny(argument, { name, document });
  if (!Array.isArray(content)) return [{ documents: [read(content)], several: false }];
  const runs = content.map(
    (entry): SavedRun =>
      Array.isArray(entry)
        ? { documents: entry.map(read), several: true }
        : { documents: [read(entry)], several: false },
  );
  return isSweep(runs) ? [{ documents: runs.flatMap(({ documents }) => documents), several: true }] : runs;
}

/** A session has one run of each command but for its sweeps, whose lists are their own; ensembles make no sweep. */
function isSweep(runs: readonly SavedRun[]): boolean {
  const commands = new Set(runs.map(({ documents: [first] }) => first?.command));
  return (
    runs.length > 1 &&
    commands.size === 1 &&
    !commands.has('trajectories') &&
    runs.every(({ several }) => !several)
  );
}
