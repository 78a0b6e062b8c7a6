/** The runs of figures: each request once, whichever panels need it, with progress over all of them. */
import { estimate, learned, type Paces } from '../experiments/cost';
import type { Progress } from '../experiments/experiment';
import type { DocumentOf } from '../experiments/registry';
import { type RunEvent, type RunRequest, run } from '../experiments/run';
import type { PanelNumber } from '../figures/figure-numbers';
import { InputError } from '../parameters/errors';
import { dawn } from './dawn';
import { say } from './outlets';
import { progressView } from './progress';
import { nodeThreads } from './threads';

/** What a panel is drawn from. */
export interface PanelRuns {
  readonly documents: readonly DocumentOf[];
  /** a sentence for each run that has no result, such as a point of a sweep */
  readonly missing: readonly string[];
}

type Answer = DocumentOf | InputError;

export class FigureRuns {
  readonly #answers = new Map<string, Answer>();
  /** those that have not been run, by their text */
  readonly #left: Map<string, RunRequest>;
  readonly #progress = progressView();
  readonly #said = new Set<string>();
  #paces: Paces = {};

  /** @param threads of the CPU engine; undefined is all cores */
  constructor(
    private readonly requests: ReadonlyMap<PanelNumber, readonly RunRequest[]>,
    private readonly threads: number | undefined,
    private readonly signal: AbortSignal,
  ) {
    this.#left = new Map([...requests.values()].flat().map((request) => [JSON.stringify(request), request]));
  }

  /**
   * Goes on without the runs that cannot be computed, as long as there is something to draw.
   * @throws the signal's reason where it fires before all is done; InputError, or as `run` does
   */
  async of(number: PanelNumber): Promise<PanelRuns> {
    const requests = this.requests.get(number)!;
    const documents: DocumentOf[] = [];
    const refused: { request: RunRequest; error: InputError }[] = [];
    const began = performance.now();
    const counted = requests.length > 4;
    try {
      for (const [i, request] of requests.entries()) {
        const show = (progress: Progress) => this.#show(number, progress, request);
        const answer = await this.#answer(request, counted ? () => {} : show);
        if (answer instanceof InputError) refused.push({ request, error: answer });
        else documents.push(answer);
        const seconds = (performance.now() - began) / 1000;
        const [done, total] = [i + 1, requests.length];
        const runs = { phase: '', done, total, unit: 'runs', seconds, rate: done / seconds, eta: null };
        if (counted) this.#show(number, runs);
      }
    } finally {
      this.#progress.stop();
    }
    // What is drawn is of the last command; of others, as of the points of a sweep, some may be missing.
    const { command } = requests[requests.length - 1];
    if (!documents.some((document) => document.command === command)) throw refused[0].error;
    const missing = refused.map(
      ({ request: { command, system }, error }) =>
        `No ${command} at ${system.atoms} atoms, drive ${system.drive}: ${error.message}.`,
    );
    for (const sentence of missing) say(`Figure ${number}: ${sentence}`);
    return { documents, missing };
  }

  async #answer(request: RunRequest, onProgress: (progress: Progress) => void): Promise<Answer> {
    const key = JSON.stringify(request);
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const began = performance.now();
    const tell = (event: RunEvent) => {
      if (event.kind === 'progress') onProgress(event.progress);
      else if (event.kind === 'warning') this.#sayOnce(`Warning: ${event.sentence}`);
      else if (event.kind === 'engine' && event.why !== null)
        this.#sayOnce(`The CPU computes, on ${event.threads} threads. ${event.why}`);
    };
    const lent = { gpu: dawn, threads: nodeThreads(this.threads), signal: this.signal, tell };
    const answer = await run(request, lent).catch((error: unknown) => {
      if (error instanceof InputError) return error;
      throw error;
    });
    // What a run leaves that was stopped is no figure.
    this.signal.throwIfAborted();
    this.#paces = learned(this.#paces, request, (performance.now() - began) / 1000);
    this.#left.delete(key);
    this.#answers.set(key, answer);
    return answer;
  }

  /**
   * A panel's progress, and the time that is left for all of them: of the others by the paces so far.
   * @param current the run under way that says it
   */
  #show(number: PanelNumber, progress: Progress, current?: RunRequest): void {
    const secondsOf = (request: RunRequest) => estimate([request], this.#paces).seconds;
    const later = [...this.#left.values()].filter((request) => request !== current);
    const own = current === undefined ? 0 : (progress.eta ?? secondsOf(current));
    const eta = later.reduce((sum, request) => sum + secondsOf(request), own);
    const phase = [`figure ${number}`, ...(progress.phase ? [progress.phase] : [])].join(', ');
    this.#progress.show({ ...progress, phase, eta });
  }

  #sayOnce(line: string): void {
    if (this.#said.has(line)) return;
    this.#said.add(line);
    this.#progress.stop();
    say(line);
  }
}
