/** The runs of the page: started, followed, stopped, and kept with the request that made them. */
import type { Progress, ResultDocument } from '../src/experiments/experiment';
import type { RunRequest } from '../src/experiments/run';
import type { Client } from '../src/page/client';

export interface RunState {
  readonly phase: 'waiting' | 'running' | 'done' | 'stopped' | 'failed';
  readonly request: RunRequest;
  readonly progress: Progress | null;
  /** the result so far; final when the phase is done */
  readonly document: ResultDocument | null;
  readonly error: Error | null;
}

/** Same request, same result: tells results of the present parameters from stale ones. */
export const sameRequest = (a: RunRequest, b: RunRequest) => JSON.stringify(a) === JSON.stringify(b);

/** How often listeners hear of progress and partial results, ms. */
const beat = 120;

/** One run for each command; fires `change`. The worker takes them in turn. */
export class Runs extends EventTarget {
  private readonly states = new Map<string, RunState>();
  private readonly stops = new Map<string, AbortController>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly client: Client) {
    super();
  }

  of(command: string): RunState | null {
    return this.states.get(command) ?? null;
  }

  /** Those that wait or run, in their order. */
  get active(): RunState[] {
    return [...this.states.values()].filter(({ phase }) => phase === 'waiting' || phase === 'running');
  }

  async start(request: RunRequest): Promise<void> {
    const { command } = request;
    this.stop(command);
    const controller = new AbortController();
    const mine = () => this.stops.get(command) === controller;
    // Later calls of this run must not touch the state of the run that replaced it.
    const set = (change: Partial<RunState>) => {
      const state = this.states.get(command);
      if (mine() && state) this.states.set(command, { ...state, ...change });
    };
    this.stops.set(command, controller);
    this.states.delete(command);
    this.states.set(command, { phase: 'waiting', request, progress: null, document: null, error: null });
    this.announce();
    const { signal } = controller;
    try {
      const document = await this.client.run(request, {
        signal,
        onProgress: (progress) => {
          if (signal.aborted) return;
          set({ phase: 'running', progress });
          this.announceSoon();
        },
        onPartial: (document) => {
          if (signal.aborted) return;
          set({ phase: 'running', document });
          this.announceSoon();
        },
      });
      set({ phase: document.interrupted ? 'stopped' : 'done', document });
    } catch (error) {
      if (signal.aborted) set({ phase: 'stopped' });
      else set({ phase: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
    }
    this.announce();
  }

  /** The page shows the stop at once; what the GPU had finished follows. */
  stop(command: string): void {
    const state = this.states.get(command);
    if (state?.phase !== 'waiting' && state?.phase !== 'running') return;
    this.states.set(command, { ...state, phase: 'stopped' });
    this.stops.get(command)?.abort();
    this.announce();
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
