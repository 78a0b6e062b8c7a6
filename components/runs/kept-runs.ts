/** The session's results, kept in this browser: a reload, a crash or a closed tab loses nothing that was finished. */
import { clear, createStore, del, entries, set, type UseStore } from 'idb-keyval';
import * as v from 'valibot';
import type { ResultDocument } from '../../src/experiments/experiment';
import { readAny } from '../../src/experiments/registry';
import type { RunRequest } from '../../src/experiments/run';
import { faultOf } from '../../src/experiments/schema';
import { InputError } from '../../src/parameters/errors';
import { keysOf } from '../../src/parameters/options';
import { type RunName, runCommands } from './run-names';

/** What of a run outlives the page: its results with the requests that made them. */
export interface KeptRun<Documents = readonly ResultDocument[]> {
  /** one run of a name at a time */
  readonly name: RunName;
  /** one, or the points of a sweep in their order */
  readonly requests: readonly RunRequest[];
  /** the results so far, in the requests' order; the last may be partial */
  readonly documents: Documents;
}

/** All of an entry but its documents, which `readAny` reads. `at`: when, in ms since 1970, for their order. */
const entrySchema = v.strictObject({
  name: v.picklist(keysOf(runCommands), 'the name of a run'),
  requests: v.array(
    v.strictObject({
      command: v.string('a text'),
      system: v.record(v.string(), v.optional(v.number('a number')), 'an object'),
      options: v.record(v.string(), v.unknown(), 'an object'),
    }),
    'a list',
  ),
  documents: v.array(v.unknown(), 'a list'),
  at: v.number('a number'),
});
type Entry = v.InferOutput<typeof entrySchema>;

/** @throws InputError where it is not as it was kept */
function read(key: string, entry: unknown): KeptRun & Pick<Entry, 'at'> {
  const fault = faultOf(entrySchema, entry);
  if (fault !== null) throw new InputError('kept', key, `a run as it was kept: ${fault}`);
  const { documents, ...run } = v.parse(entrySchema, entry);
  return {
    ...run,
    documents: documents.map((document) => {
      const read = readAny('kept', { name: key, document });
      if (read.command === runCommands[run.name]) return read;
      throw new InputError('kept', key, `a result of ${runCommands[run.name]}`);
    }),
  };
}

/** One database for all tabs; a run of a name replaces the one before. */
export class KeptRuns {
  /** opened at the first use: the page's first plot does not wait for it */
  #opened: UseStore | undefined;
  readonly #latest = new Map<string, KeptRun>();
  /** why, of each run that could not be kept as it is now */
  readonly #failed = new Map<string, Error>();
  #writing = false;

  /** @param onFailure hears why results could not be kept; null once all are */
  constructor(private readonly onFailure: (error: Error | null) => void) {}

  get #store(): UseStore {
    this.#opened ??= createStore('dicke-bistability-lab', 'runs');
    return this.#opened;
  }

  /** Those that are as they were kept, in their order. The others are forgotten: for each a sentence that says why. */
  async load(): Promise<{ readonly runs: readonly KeptRun[]; readonly lost: readonly string[] }> {
    const runs: ReturnType<typeof read>[] = [];
    const lost: string[] = [];
    for (const [key, entry] of await entries<string, unknown>(this.#store)) {
      try {
        runs.push(read(key, entry));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        lost.push(`The kept results of “${key}” could not be read and are gone. It must be ${error.takes}.`);
        await del(key, this.#store);
      }
    }
    return { runs: runs.sort((a, b) => a.at - b.at), lost };
  }

  /** Keeps the run as it is now; while one is written, those that follow wait, the last of each name alone. */
  keep(run: KeptRun): void {
    this.#latest.set(run.name, run);
    if (!this.#writing) void this.#write();
  }

  async clear(): Promise<void> {
    this.#latest.clear();
    this.#failed.clear();
    this.onFailure(null);
    await clear(this.#store);
  }

  async #write(): Promise<void> {
    this.#writing = true;
    for (const [key, { name, requests, documents }] of this.#latest) {
      this.#latest.delete(key);
      try {
        await set(key, { name, requests, documents, at: Date.now() }, this.#store);
        this.#failed.delete(key);
      } catch (error) {
        this.#failed.set(key, error instanceof Error ? error : new Error(String(error)));
      }
      this.onFailure([...this.#failed.values()][0] ?? null);
    }
    this.#writing = false;
  }
}
