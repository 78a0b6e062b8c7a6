/** The runs of the page: started, followed, stopped, and kept with the requests that made them. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Progress, ResultDocument } from '../src/experiments/experiment';
import type { RunRequest } from '../src/experiments/run';
import type { Client } from '../src/page/client';
import { InputError } from '../src/parameters/errors';
import { rememberPace } from './pace-memory';

export interface RunState {
  /** what the page calls it; one run of a name at a time */
  readonly name: string;
  readonly phase: 'waiting' | 'running' | 'done' | 'stopped' | 'failed';
  /** one, or the points of a sweep in their order */
  readonly requests: readonly RunRequest[];
  readonly progress: Progress | null;
  /** the results so far, in the requests' order; the last may be partial */
  readonly documents: readonly ResultDocument[];
  /** points of a sweep that no result exists at, each refused by an InputError */
  readonly skipped: readonly InputError[];
  readonly error: Error | null;
}

export const isActive = (run: RunState | null) => run?.phase === 'waiting' || run?.phase === 'running';

/** Same requests, same results: tells results of the present parameters from stale ones. */
export const sameRequests = (a: readonly RunRequest[], b: readonly RunRequest[]) =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

/** How often listeners hear of progress and partial results, ms. */
const beat = 120;

/** Runs wait for one another, a sweep as a whole. Fires `change`. */
export class Runs extends EventTarget {
  private readonly states = new Map<string, RunState>();
  private readonly stops = new Map<string, AbortController>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** settles when the last of the queue has ended */
  private turn = Promise.resolve();

  constructor(private readonly client: Client) {
    super();
  }

  of(name: string): RunState | null {
    return this.states.get(name) ?? null;
  }

  /** Those that wait or run, in their order. */
  get active(): RunState[] {
    return [...this.states.values()].filter(isActive);
  }

  /** Everything finished or under way, in the order of the runs. */
  get documents(): ResultDocument[] {
    return [...this.states.values()].flatMap(({ documents }) => documents);
  }

  async start(name: string, requests: readonly RunRequest[]): Promise<void> {
    this.stop(name);
    const controller = new AbortController();
    this.stops.set(name, controller);
    this.states.delete(name);
    this.states.set(name, {
      name,
      phase: 'waiting',
      requests,
      progress: null,
      documents: [],
      skipped: [],
      error: null,
    });
    this.announce();
    // A later run of the name has its own controller; this one must then leave the state alone.
    const set = (change: Partial<RunState>) => {
      const state = this.states.get(name);
      if (state && this.stops.get(name) === controller) this.states.set(name, { ...state, ...change });
    };
    this.turn = this.turn.then(async () => {
      if (controller.signal.aborted) return;
      try {
        set({ phase: 'running' });
        await this.runAll(requests, controller.signal, set);
      } catch (error) {
        if (controller.signal.aborted) set({ phase: 'stopped' });
        else set({ phase: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
      }
      this.announce();
    });
    await this.turn;
  }

  /** The page shows the stop at once; what was finished follows. */
  stop(name: string): void {
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
    const skipped: InputError[] = [];
    const began = performance.now();
    for (const [index, request] of requests.entries()) {
      if (requests.length > 1) set({ progress: ofSweep(index, requests.length, began) });
      const running = this.client.run(request, {
        signal,
        onProgress: (progress) => {
          if (signal.aborted) return;
          const whole = requests.length === 1 ? progress : ofSweep(index, requests.length, began);
          set({ phase: 'running', progress: whole });
          this.announceSoon();
        },
        onPartial: (document) => {
          if (signal.aborted) return;
          set({ phase: 'running', documents: [...finished, document] });
          this.announceSoon();
        },
      });
      try {
        const document = await running;
        finished.push(document);
        rememberPace(request, document);
        set({ documents: [...finished] });
      } catch (error) {
        if (requests.length === 1 || !(error instanceof InputError)) throw error;
        skipped.push(error);
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

/** Renders a component anew when the runs change. */
export class FollowRuns implements ReactiveController {
  private followed: Runs | null = null;
  private readonly update = () => this.host.requestUpdate();

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly runs: () => Runs,
  ) {
    host.addController(this);
  }

  hostUpdate(): void {
    if (this.followed === this.runs()) return;
    this.hostDisconnected();
    this.followed = this.runs();
    this.followed.addEventListener('change', this.update);
  }

  hostDisconnected(): void {
    this.followed?.removeEventListener('change', this.update);
    this.followed = null;
  }
}
