/**
 * Results, kept in this browser by run and system: a reload, a crash or a closed tab loses nothing that was finished, and tabs do not take
 * each other's.
 */
import {
  clear,
  createStore,
  del,
  delMany,
  get,
  getMany,
  keys,
  promisifyRequest,
  type UseStore,
} from 'idb-keyval';
import * as v from 'valibot';
import type { ResultDocument } from '../../src/experiments/experiment';
import { readAny } from '../../src/experiments/registry';
import type { RunRequest } from '../../src/experiments/run';
import { faultOf } from '../../src/experiments/schema';
import { InputError } from '../../src/parameters/errors';
import { keysOf } from '../../src/parameters/options';
import { isAtHome } from '../shared/home';
import { keyOf } from './run-keys';
import { type RunName, runCommands } from './run-names';

/** What of a run outlives the page: its results with the requests that made them. */
export interface KeptRun<Documents = readonly ResultDocument[]> {
  readonly name: RunName;
  /** one, or the points of a sweep in their order */
  readonly requests: readonly RunRequest[];
  /** the results so far, in the requests' order; the last may be partial */
  readonly documents: Documents;
}

/** All of an entry but its documents, which `readAny` reads. `at`: when, in ms since 1970. */
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

/** @throws InputError where it is not as it was kept */
function read(name: string, entry: unknown): KeptRun {
  const fault = faultOf(entrySchema, entry);
  if (fault !== null) throw new InputError('kept', name, `a run as it was kept: ${fault}`);
  const { documents, at: _at, ...run } = v.parse(entrySchema, entry);
  return {
    ...run,
    documents: documents.map((document) => {
      const read = readAny('kept', { name, document });
      if (read.command === runCommands[run.name]) return read;
      throw new InputError('kept', name, `a result of ${runCommands[run.name]}`);
    }),
  };
}

/** Beside each run, so that nobody need read it to know how much there is. */
interface About {
  readonly at: number;
  /** about */
  readonly bytes: number;
}
const aboutOf = (key: string) => `about ${key}`;

/** What a browser keeps of all tabs together; the oldest go first. */
export interface Room {
  readonly runs: number;
  readonly bytes: number;
}
const usualRoom: Room = { runs: 60, bytes: 64e6 };
/** Runs of this tab that stay in memory, for the way back and where nothing can be kept. */
const remembered = 24;

export class KeptRuns {
  /** opened at the first use: the page's first plot does not wait for it */
  #opened: UseStore | undefined;
  #moved: Promise<void> | undefined;
  readonly #memory = new Map<string, KeptRun>();
  readonly #latest = new Map<string, KeptRun>();
  /** why, of each run that could not be kept as it is now */
  readonly #failed = new Map<string, Error>();
  #writing = false;

  /**
   * @param onFailure hears why results could not be kept; null once all are
   * @param onLoss hears a sentence for each run that could not be read, and is gone
   * @param room in the browser's storage; null leaves that alone
   */
  constructor(
    private readonly onFailure: (error: Error | null) => void,
    private readonly onLoss: (sentence: string) => void,
    private readonly room: Room | null = isAtHome() ? usualRoom : null,
  ) {}

  get #store(): UseStore {
    this.#opened ??= createStore('dicke-bistability-lab', 'runs');
    return this.#opened;
  }

  /** The run kept under that key; undefined where none is. @throws Error where the browser has no such storage */
  async load(key: string): Promise<KeptRun | undefined> {
    const remembered = this.#memory.get(key);
    if (remembered || this.room === null) return remembered;
    await this.open();
    const entry: unknown = await get(key, this.#store);
    const run = entry === undefined ? undefined : await this.#read(key, nameIn(key), entry);
    if (run) this.#remember(key, run);
    return run;
  }

  /** Keeps the run as it is now; while one is written, those that follow wait, the last of each key alone. */
  keep(run: KeptRun): void {
    const key = keyOf(run.name, run.requests);
    this.#remember(key, run);
    if (this.room === null) return;
    this.#latest.set(key, run);
    if (!this.#writing) void this.#write();
  }

  async clear(): Promise<void> {
    this.#memory.clear();
    this.#latest.clear();
    this.#failed.clear();
    this.onFailure(null);
    if (this.room !== null) await clear(this.#store);
  }

  /** Takes over what versions kept that had one run of a name for all systems: under the name alone. */
  open(): Promise<void> {
    this.#moved ??= this.room === null ? Promise.resolve() : this.#move();
    return this.#moved;
  }

  async #move(): Promise<void> {
    const old = (await keys<string>(this.#store)).filter((key) => !/^(run|about) /.test(key));
    for (const key of old) {
      const entry: unknown = await get(key, this.#store);
      const run = await this.#read(key, key, entry);
      if (run === undefined) continue;
      await this.#set(keyOf(run.name, run.requests), run);
      await del(key, this.#store);
    }
  }

  /** What cannot be read is let go with a sentence. */
  async #read(key: string, name: string, entry: unknown): Promise<KeptRun | undefined> {
    try {
      return read(name, entry);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      await delMany([key, aboutOf(key)], this.#store);
      this.onLoss(`The kept results of “${name}” could not be read and are gone. It must be ${error.takes}.`);
      return undefined;
    }
  }

  #remember(key: string, run: KeptRun): void {
    this.#memory.delete(key);
    this.#memory.set(key, run);
    const [oldest] = this.#memory.keys();
    if (this.#memory.size > remembered) this.#memory.delete(oldest);
  }

  async #write(): Promise<void> {
    this.#writing = true;
    for (const [key, run] of this.#latest) {
      this.#latest.delete(key);
      try {
        await this.#set(key, run);
        this.#failed.delete(key);
      } catch (error) {
        this.#failed.set(key, error instanceof Error ? error : new Error(String(error)));
      }
      this.onFailure([...this.#failed.values()][0] ?? null);
    }
    this.#writing = false;
  }

  async #set(key: string, { name, requests, documents }: KeptRun): Promise<void> {
    const about: About = { at: Date.now(), bytes: bytesOf(documents) };
    const entry = { name, requests, documents, at: about.at };
    // Committed at once, for the next moment may be a crash; then the room.
    await this.#store('readwrite', (store) => {
      store.put(entry, key);
      store.put(about, aboutOf(key));
      store.transaction.commit();
      return promisifyRequest(store.transaction);
    });
    if (this.room !== null) await this.#makeRoom(key, about, this.room);
  }

  /** The oldest go, this and other tabs' alike; those on screen stay on it. */
  async #makeRoom(key: string, { bytes }: About, room: Room): Promise<void> {
    const others = (await keys<string>(this.#store)).filter(
      (other) => other.startsWith('run ') && other !== key,
    );
    const abouts = await getMany<About>(others.map(aboutOf), this.#store);
    const kept = others.map((other, i) => ({ other, ...(abouts[i] ?? { at: 0, bytes: 0 }) }));
    const newestFirst = kept.sort((a, b) => b.at - a.at);
    let left = room.bytes - bytes;
    const gone = newestFirst.filter((run, i) => {
      left -= run.bytes;
      return i + 1 >= room.runs || left < 0;
    });
    if (gone.length > 0)
      await delMany(
        gone.flatMap(({ other }) => [other, aboutOf(other)]),
        this.#store,
      );
  }
}

const nameIn = (key: string) => key.slice('run '.length, key.lastIndexOf(' '));

/** About what it takes: most of a result is lists of numbers, which are not counted one by one. */
function bytesOf(value: unknown): number {
  if (typeof value === 'string') return 2 * value.length;
  if (typeof value !== 'object' || value === null) return 8;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (Array.isArray(value) && typeof value[0] === 'number') return 8 * value.length;
  return Object.values(value).reduce<number>((sum, part) => sum + bytesOf(part), 16);
}
