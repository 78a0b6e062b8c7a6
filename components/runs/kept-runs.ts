/** The session's results, kept in this browser: a reload, a crash or a closed tab loses nothing that was finished. */
import { clear, createStore, entries, set, type UseStore } from 'idb-keyval';
import { version } from '../../package.json';
import type { ResultDocument } from '../../src/experiments/experiment';
import type { RunRequest } from '../../src/experiments/run';
import type { RunName } from './run-names';

/** What of a run outlives the page: its results with the requests that made them. */
export interface KeptRun<Documents = readonly ResultDocument[]> {
  /** one run of a name at a time */
  readonly name: RunName;
  /** one, or the points of a sweep in their order */
  readonly requests: readonly RunRequest[];
  /** the results so far, in the requests' order; the last may be partial */
  readonly documents: Documents;
}

/** `at`: when, in ms since 1970, for their order. */
type Entry = KeptRun & { readonly at: number };

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

  /** Those of this version, in their order; those of others may have another form. */
  async load(): Promise<KeptRun[]> {
    const kept = (await entries<string, Entry>(this.#store)).map(([, run]) => run);
    return kept
      .filter(({ documents }) => documents.every((document) => document.version === version))
      .sort((a, b) => a.at - b.at);
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
        const entry: Entry = { name, requests, documents, at: Date.now() };
        await set(key, entry, this.#store);
        this.#failed.delete(key);
      } catch (error) {
        this.#failed.set(key, error instanceof Error ? error : new Error(String(error)));
      }
      this.onFailure([...this.#failed.values()][0] ?? null);
    }
    this.#writing = false;
  }
}
