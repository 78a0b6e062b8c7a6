/** The files that the command line reads. */
import { readFileSync } from 'node:fs';
import { experimentOf } from '../experiments/registry';
import type { RunRequest } from '../experiments/run';
import { InputError } from '../parameters/errors';
import { flagOf, type NamedDocument } from '../parameters/options';

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
