/** What Node alone has: all engines of the command line, and files. `dicke-bistability-lab/node` */
import { readFileSync } from 'node:fs';
import { dawn } from '../command-line/dawn';
import { openOutFolder } from '../command-line/out-folder';
import { nodeThreads } from '../command-line/threads';
import { check } from '../experiments/check';
import type { EngineAsked } from '../experiments/engine-choice';
import type { ResultDocument } from '../experiments/experiment';
import { type Command, type DocumentOf, readAny } from '../experiments/registry';
import { type OptionsOf, requestOf } from './options';
import { type Following, follow, runHere } from './run';

/**
 * Runs a command of the lab as the command line does: on a hardware GPU through the optional package `webgpu` where there is one, else on the
 * CPU's cores.
 * @param options of the command, as `OptionsOf` says, and the engine: `auto`, `gpu` (in software too) or `cpu`
 * @returns the document that the command line prints with --json
 * @throws InputError for options that no run can start from, before any work; NoAdapterError where a GPU was asked for and there is none; the
 *   signal's reason where it fired before anything was finished
 */
export async function run<Name extends Command>(
  command: Name,
  options?: OptionsOf<Name> & { readonly engine?: EngineAsked | undefined },
  following: Following<Name> = {},
): Promise<DocumentOf<Name>> {
  const request = requestOf(command, { ...options }, ['engine']);
  check(request);
  return follow(command, request, following, runHere({ gpu: dawn, threads: nodeThreads() }));
}

/**
 * Writes what the command line writes with --out: `COMMAND.json` and CSV. One run at a time writes to a folder.
 * @param folder made where it is missing
 * @throws InputError where it cannot be written to
 */
export function save(document: ResultDocument, folder: string): void {
  const out = openOutFolder(folder);
  try {
    out.save(document, null, () => {});
  } finally {
    out.close();
  }
}

/**
 * Reads a document that the lab wrote as JSON.
 * @throws InputError where it is none, or is not as it was written; what the system says where the file cannot be read
 */
export const read = (file: string): DocumentOf =>
  readAny('document', { name: file, document: JSON.parse(readFileSync(file, 'utf8')) });
