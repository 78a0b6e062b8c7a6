/** The runs of the page: started, followed, stopped, and kept with the requests that made them. */
import type { Progress, ResultDocument } from '../../src/experiments/experiment';
import { isOf } from '../../src/experiments/registry';
import type { RunEvent, RunRequest } from '../../src/experiments/run';
import type { Client } from '../../src/page/client';
import { InputError } from '../../src/parameters/errors';
import { chosenEngine } from './chosen-engine';
import { type KeptRun, KeptRuns } from './kept-runs';
import { rememberPace } from './pace-memory';
import { keyOf } from './run-keys';
import { type DocumentsOf, isOfSeveral, type RunName, runCommands } from './run-names';

export interface RunState<Documents = readonly ResultDocument[]> extends KeptRun<Documents> {
  readonly phase: 'waiting' | 'running' | 'done' | 'stopped' | 'failed';
  readonly progress: Progress | null;
  /** a picture of a few before there are documents: shown, neither saved nor kept */
  readonly glimpse: ResultDocument | null;
  /** what proves its document, where that proves something and was computed on this page */
  readonly certificate: Uint8Array<ArrayBuffer> | null;
  /** points of a sweep that no result exists at */
  readonly skipped: readonly Skipped[];
  readonly error: Error | null;
}

/** A request that was refused, and why. */
export interface Skipped {
  readonly request: RunRequest;
  readonly error: InputError;
}

/** Of a run that has not begun, and of results from elsewhere. */
const untouched = { progress: null, glimpse: null, certificate: null, skipped: [], error: null } as const;

const none = [] as const;

function isRunOf<Name extends RunName>(run: RunState, name: Name): run is RunState<DocumentsOf<Name>> {
  return run.documents.every((document) => isOf(document, runCommands[name]));
}

export const isActive = (run: RunState | null) => run?.phase === 'waiting' || run?.phase === 'running';

/** How often what a run has so far is kept, ms: results that a crash takes are younger. */
const keepingBeat = 2000;

/** What a run shows and counts as, where that is not what is sent to be run: one that goes on, or a merge. */
export interface Shown {
  readonly requests: readonly RunRequest[];
  /** what there is until the run itself has more */
  readonly documents: readonly ResultDocument[];
}

/** A person who types has done so for this long before kept results of what was typed are looked for, ms. */
const settled = 150;

/** How often listeners hear of progress and partial results, ms. */
const beat = 120;

/** Runs wait for one another, a sweep as a whole; what they finish is kept in the browser. Fires `change`. */
export class Runs extends EventTarget {
  /** in their order */
  private readonly states = new Map<RunName, RunState>();
  private readonly stops = new Map<RunName, AbortController>();
  /** who has the worker, then who waits for it, in their order */
  private readonly line: { readonly name: RunName; readonly signal: AbortSignal }[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** why the browser could not keep the results, if it could not */
  keepingFailure: Error | null = null;
  /** a sentence for each of the kept results that could not be read */
  lost: readonly string[] = [];
  private readonly kept = new KeptRuns(
    (error) => this.setKeepingFailure(error),
    (sentence) => {
      this.lost = [...this.lost, sentence];
      this.announce();
    },
  );
  private lastKept = Number.NEGATIVE_INFINITY;
  /** what the page would run now, by name, and whose kept results it looks for */
  private readonly wanted = new Map<RunName, readonly RunRequest[]>();
  private wanting: ReturnType<typeof setTimeout> | undefined;
  /** shown for their own sake, whatever the page would run now */
  private readonly pinned = new Set<RunName>();

  constructor(private readonly client: Client) {
    super();
    void this.trying(() => this.kept.open());
  }

  /** What storage fails at is said, and the page goes on. */
  private async trying(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.setKeepingFailure(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Shows the kept results of these requests' systems, should there be some and others on screen. */
  want(name: RunName, requests: readonly RunRequest[]): void {
    if (requests.length === 0) this.wanted.delete(name);
    else this.wanted.set(name, requests);
    clearTimeout(this.wanting);
    this.wanting = setTimeout(() => void this.recallWanted(), settled);
  }

  /** Does so now. */
  async recallWanted(): Promise<void> {
    clearTimeout(this.wanting);
    await this.trying(async () => {
      for (const [name, requests] of this.wanted) {
        const key = keyOf(name, requests);
        if (this.pinned.has(name) || this.keyShown(name) === key) continue;
        const run = await this.kept.load(key);
        const isStillWanted = this.wanted.get(name) === requests && !this.pinned.has(name);
        if (run && isStillWanted) this.bringBack(run);
      }
    });
  }

  /** The page is to show what it would run now, wherever that is kept. */
  release(): void {
    this.pinned.clear();
  }

  /** What is on screen, by the keys that it is kept under. */
  get shown(): readonly string[] {
    return [...this.states.keys()].flatMap((name) => this.keyShown(name) ?? []).sort();
  }

  private keyShown(name: RunName): string | null {
    const run = this.states.get(name);
    const isKept = run !== undefined && run.documents.length > 0 && name !== 'self-test';
    return isKept ? keyOf(name, run.requests) : null;
  }

  /** Shows just these again, by their keys; what is under way stays. */
  async recall(shown: readonly string[]): Promise<void> {
    this.pinned.clear();
    const gone = [...this.states].filter(([name, run]) => {
      const key = this.keyShown(name);
      return key !== null && !shown.includes(key) && !isActive(run);
    });
    for (const [name] of gone) this.states.delete(name);
    this.announce();
    await this.trying(async () => {
      for (const key of shown) {
        const run = await this.kept.load(key);
        if (!run) continue;
        this.pinned.add(run.name);
        if (this.keyShown(run.name) !== key) this.bringBack(run);
      }
    });
  }

  private bringBack({ name, requests, documents }: KeptRun): void {
    if (isActive(this.states.get(name) ?? null)) return;
    this.set(name, { requests, documents, phase: 'done' });
    this.announce();
  }

  /** Results from elsewhere, as if they had been run here. */
  show(name: RunName, shown: Shown): void {
    this.stop(name);
    this.stops.delete(name);
    this.pinned.add(name);
    this.kept.keep(this.set(name, { ...shown, phase: 'done' }));
    this.announce();
  }

  /** Forgets what is not under way, here and in the browser. */
  async clear(): Promise<void> {
    for (const [name, run] of this.states) if (!isActive(run)) this.states.delete(name);
    this.announce();
    await this.kept.clear();
  }

  private remember(request: RunRequest, document: ResultDocument, startUp: number): void {
    try {
      rememberPace(request, document, startUp);
    } catch (error) {
      this.setKeepingFailure(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private setKeepingFailure(error: Error | null): void {
    if (error === null && this.keepingFailure === null) return;
    this.keepingFailure = error;
    this.announce();
  }

  of<Name extends RunName>(name: Name): RunState<DocumentsOf<Name>> | null {
    const state = this.states.get(name);
    return state && isRunOf(state, name) ? state : null;
  }

  /** Begins anew: the run comes last. */
  private set(name: RunName, run: Shown & Pick<RunState, 'phase'>): RunState {
    const state = { name, ...run, ...untouched };
    this.states.delete(name);
    this.states.set(name, state);
    return state;
  }

  /** Those that wait or run, in their order. */
  get active(): RunState[] {
    return [...this.states.values()].filter(isActive);
  }

  /** Everything finished or under way, in the order of the runs. */
  get documents(): ResultDocument[] {
    return [...this.states.values()].flatMap(({ documents }) => documents);
  }

  /** The same run by run, as a session's file holds it: a list of those of several requests. */
  get saved(): (ResultDocument | readonly ResultDocument[])[] {
    const runs = [...this.states.values()].filter(({ documents }) => documents.length > 0);
    return runs.map(({ name, documents }) => (isOfSeveral(name) ? documents : documents[0]));
  }

  async start(
    name: RunName,
    requests: readonly RunRequest[],
    shown: Shown = { requests, documents: [] },
  ): Promise<void> {
    this.stop(name);
    const controller = new AbortController();
    const { signal } = controller;
    this.stops.set(name, controller);
    this.set(name, { ...shown, phase: 'waiting' });
    const place = { name, signal };
    this.line.push(place);
    this.announce();
    // A later run of the name has its own controller; this one must then leave the state alone.
    const set = (change: Partial<RunState>) => {
      const state = this.states.get(name);
      if (!state || this.stops.get(name) !== controller) return;
      this.states.set(name, { ...state, ...change });
      if (change.documents) this.keep(name);
    };
    try {
      await this.client.turn(signal, async () => {
        set({ phase: 'running' });
        this.announce();
        await this.runAll(requests, signal, set);
      });
    } catch (error) {
      if (signal.aborted) set({ phase: 'stopped' });
      else set({ phase: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
    }
    this.line.splice(this.line.indexOf(place), 1);
    if (this.stops.get(name) === controller) this.keep(name, true);
    this.announce();
  }

  /** Its documents; none of a run that there is not. */
  documentsOf<Name extends RunName>(name: Name): DocumentsOf<Name> {
    return this.of(name)?.documents ?? none;
  }

  /** Its first document; before there is one what was glimpsed of it. */
  firstOf<Name extends RunName>(name: Name): DocumentsOf<Name>[number] | undefined {
    const { documents: [document] = [], glimpse = null } = this.of(name) ?? {};
    return document ?? (glimpse !== null && isOf(glimpse, runCommands[name]) ? glimpse : undefined);
  }

  /** Its documents that can be saved: of a run of one request not while it is under way, for these may be partial. */
  finished<Name extends RunName>(name: Name): DocumentsOf<Name> | readonly [] {
    const run = this.of(name);
    return run === null || (isActive(run) && !isOfSeveral(name)) ? [] : run.documents;
  }

  /** Whose end a run waits for, and whether that one has been told to stop. */
  ahead({ name }: RunState): { readonly name: RunName; readonly isStopping: boolean } | null {
    const ahead = this.line[this.line.findLastIndex((place) => place.name === name) - 1];
    return ahead ? { name: ahead.name, isStopping: ahead.signal.aborted } : null;
  }

  /** Keeps what the run has, at its end or when the last time is some seconds ago. */
  private keep(name: RunName, atItsEnd = false): void {
    const now = performance.now();
    const state = this.of(name);
    // A self-test says something of this adapter now, not of what a later page finds.
    if (!state || state.documents.length === 0 || name === 'self-test') return;
    if (!atItsEnd && now - this.lastKept < keepingBeat) return;
    this.lastKept = now;
    this.kept.keep(state);
  }

  /** The page shows the stop at once; what was finished follows. */
  stop(name: RunName): void {
    const state = this.of(name);
    if (!state || !isActive(state)) return;
    this.states.set(name, { ...state, phase: 'stopped' });
    this.stops.get(name)?.abort();
    this.announce();
  }

  private async runAll(
    requests: readonly RunRequest[],
    signal: AbortSignal,
    set: (change: Partial<RunState>) => void,
  ): Promise<void> {
    const finished: ResultDocument[] = [];
    const skipped: Skipped[] = [];
    // Of the points alone: what starting up takes is no measure of them.
    let began = performance.now();
    for (const [index, request] of requests.entries()) {
      if (index > 0) set({ progress: ofSweep(index, requests.length, began) });
      let startUp = 0;
      const tell = (event: RunEvent) => {
        if (signal.aborted) return;
        if (event.kind === 'start-up') {
          startUp = event.seconds;
          began += 1000 * startUp;
        } else if (event.kind === 'partial') set({ documents: [...finished, event.document] });
        else if (event.kind === 'glimpse') set({ glimpse: event.document });
        else if (event.kind === 'certificate') set({ certificate: event.bytes });
        else if (event.kind === 'progress')
          set({ progress: requests.length === 1 ? event.progress : ofSweep(index, requests.length, began) });
        this.announceSoon();
      };
      try {
        const document = await this.client.runNow({ engine: chosenEngine(), ...request }, { signal, tell });
        finished.push(document);
        set({ documents: [...finished] });
        this.remember(request, document, startUp);
      } catch (error) {
        if (requests.length === 1 || !(error instanceof InputError)) throw error;
        skipped.push({ request, error });
        set({ skipped: [...skipped] });
      }
      if (signal.aborted) break;
      this.announceSoon();
    }
    set({ phase: signal.aborted ? 'stopped' : 'done' });
  }

  private announce(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.dispatchEvent(new Event('change'));
  }

  private announceSoon(): void {
    this.timer ??= setTimeout(() => this.announce(), beat);
  }
}

function ofSweep(done: number, total: number, began: number): Progress {
  const seconds = (performance.now() - began) / 1000;
  const rate = done > 0 ? done / seconds : null;
  return {
    phase: 'sweep',
    done,
    total,
    unit: 'points',
    seconds,
    rate,
    eta: rate === null ? null : (total - done) / rate,
  };
}
