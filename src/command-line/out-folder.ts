/** The folder of `--out`: one run writes there at a time. */
import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ResultDocument } from '../experiments/experiment';
import { InputError } from '../parameters/errors';
import { type ExportFile, exportFiles, jsonFile } from '../results/export';
import { makeFolder, partOf, replace } from './durable-files';
import { HeldError, lock } from './folder-lock';

export interface OutFolder {
  /** Writes the export files and says where. @throws Error where one cannot be written */
  save(document: ResultDocument, hdf5: Uint8Array | null, say: (line: string) => void): void;
  /** Writes the document of a run under way, for a later one to go on from should this one be killed. @throws as `save` */
  saveSoFar(document: ResultDocument): void;
  /** Writes one file. @returns where it is @throws as `save` */
  write(file: ExportFile): string;
  /** Lets other runs write there. */
  close(): void;
}

/**
 * Makes the folder where it is missing, and keeps it to this run until it is closed or the process ends.
 * @throws InputError where it cannot be written to, or another run writes there
 */
export function openOutFolder(out: string): OutFolder {
  if (out === '') throw new InputError('out', out, 'a folder to write to');
  const folder = resolve(out);
  const release = keep(folder, out);
  const write = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    try {
      replace(path, content);
    } catch (cause) {
      throw new Error(`${name} could not be written to --out: ${reasonOf(cause)}`, { cause });
    }
    return path;
  };
  const writeFile = ({ name, text }: ExportFile) => write(name, text);
  return {
    save(document, hdf5, say) {
      for (const file of exportFiles(document)) say(`Wrote ${writeFile(file)}`);
      if (hdf5 !== null) say(`Wrote ${write(`${document.command}.h5`, hdf5)}`);
    },
    saveSoFar(document) {
      writeFile(jsonFile(document));
    },
    write: writeFile,
    close: release,
  };
}

function keep(folder: string, out: string): () => void {
  try {
    makeFolder(folder);
    const { release, killed } = lock(folder);
    if (killed !== null) clearUp(folder, killed.pid);
    return release;
  } catch (cause) {
    const held = `a folder that no other run writes to (${(cause as Error).message} does; if it has ended, delete .lock there)`;
    throw new InputError(
      'out',
      out,
      cause instanceof HeldError ? held : `a folder to write to (${reasonOf(cause)})`,
    );
  }
}

/** What a killed run was just writing. */
function clearUp(folder: string, pid: number): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isFile() && entry.name.endsWith(partOf('', pid))) rmSync(join(folder, entry.name));
  }
}

/** `ENOSPC: no space left on device` of the system's error, without its path. */
const reasonOf = (cause: unknown) => (cause as Error).message.split(',')[0];
