/** The files that the command line reads and writes. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { NamedDocument } from '../experiments/earlier-runs';
import type { ResultDocument } from '../experiments/experiment';
import { type ExportFile, exportFiles, jsonFile } from '../experiments/export';
import type { RunRequest } from '../experiments/run';
import { InputError } from '../parameters/errors';

/** Puts the documents in place of their files' names. @throws InputError where a file does not hold JSON */
export function readEarlierRuns(request: RunRequest): RunRequest {
  const { resume, merge, ...others } = request.options as { resume?: string; merge?: readonly string[] };
  const options = {
    ...others,
    ...(resume === undefined ? {} : { resume: readJson('resume', resume) }),
    ...(merge === undefined ? {} : { merge: merge.map((name) => readJson('merge', name)) }),
  };
  return { ...request, options };
}

function readJson(option: string, name: string): NamedDocument {
  try {
    return { name, document: JSON.parse(readFileSync(name, 'utf8')) };
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const takes = code === undefined ? 'a JSON file' : `a file that can be read (${message.split(',')[0]})`;
    throw new InputError(option, name, takes);
  }
}

/** Writes the export files and says where. */
export function save(document: ResultDocument, out: string, say: (line: string) => void): void {
  for (const file of exportFiles(document)) say(`Wrote ${write(file, out)}`);
}

/** Writes the document of a run under way, for a later one to go on from should this one be killed. */
export function saveSoFar(document: ResultDocument, out: string): void {
  write(jsonFile(document), out);
}

/** Whole or not at all: whoever reads the file, or ends this process, finds the old one or the new. */
function write({ name, text }: ExportFile, out: string): string {
  const folder = resolve(out);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
  return path;
}
