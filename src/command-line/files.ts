/** The files that the command line reads and writes. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ResultDocument } from '../experiments/experiment';
import { experimentOf } from '../experiments/registry';
import type { RunRequest } from '../experiments/run';
import { InputError } from '../parameters/errors';
import { flagOf, type NamedDocument } from '../parameters/options';
import { type ExportFile, exportFiles, jsonFile } from '../results/export';

/** Puts the documents in place of their files' names. @throws InputError where a file does not hold JSON */
export function readEarlierRuns(request: RunRequest): RunRequest {
  const { takes } = experimentOf(request.command)!;
  const options = Object.entries(request.options).map(([name, value]) => {
    const { kind } = takes[name].value;
    if (kind === 'file') return [name, readJson(name, String(value))];
    return [
      name,
      kind === 'files' && Array.isArray(value) ? value.map((file) => readJson(name, file)) : value,
    ];
  });
  return { ...request, options: Object.fromEntries(options) };
}

function readJson(option: string, name: string): NamedDocument {
  try {
    return { name, document: JSON.parse(readFileSync(name, 'utf8')) };
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const takes = code === undefined ? 'a JSON file' : `a file that can be read (${message.split(',')[0]})`;
    throw new InputError(flagOf(option), name, takes);
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
