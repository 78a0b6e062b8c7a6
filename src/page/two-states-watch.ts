/**
 * The two metastable states of the present system, for the pictures that are coloured by them: computed in a worker of their own soon after
 * the system was last changed, and dropped when it changes.
 */
import type { NoTwoStates, TwoStates } from '../experiments/spectrum/two-states';
import type { FromTwoStatesWorker, ToTwoStatesWorker } from '../experiments/spectrum/two-states-worker';
import { type SystemParameters, sameSystem } from '../parameters/system';
import { whyNoTwoStates } from './live-pace';

/** After the last change, ms: nobody drags any more. */
const rest = 400;

const words: Readonly<Record<NoTwoStates, string>> = {
  'not unique': 'No two states: without what one atom does by itself the steady state depends on the start.',
  pair: 'No two states here: the slowest mode is one of a pair, which oscillates.',
  coherence: 'No two states here: the slowest mode is a coherence.',
  'not slow': 'No two states here: no mode is much slower than the others.',
  'one state': 'No two states here: the steady state is all of one.',
};

export class TwoStatesWatch {
  /** null while they are not known, and where there are none */
  states: TwoStates | null = null;
  /** what stands in their place, for a person; empty while nothing is wrong */
  words = '';
  /** the system whose states they are or will be */
  #system: SystemParameters | null = null;
  #worker: Worker | null = null;
  #isBusy = false;
  #isDone = false;
  #isSeen = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly onChange: () => void) {}

  get committor(): Float64Array | null {
    return this.states?.committor ?? null;
  }

  /** Drops what is known of another system. */
  follow(system: SystemParameters): void {
    this.#system = system;
    this.#isDone = false;
    [this.states, this.words] = [null, ''];
    if (this.#isBusy) this.#send(null);
    this.#isBusy = false;
    this.#startSoon();
  }

  /** Nothing is begun while nobody sees it. */
  watch(isSeen: boolean): void {
    if (isSeen === this.#isSeen) return;
    this.#isSeen = isSeen;
    this.#startSoon();
  }

  #startSoon(): void {
    clearTimeout(this.#timer);
    if (this.#isSeen && !this.#isDone && !this.#isBusy) this.#timer = setTimeout(() => this.#start(), rest);
  }

  #start(): void {
    const system = this.#system;
    if (system === null) return;
    const why = whyNoTwoStates(system);
    if (why !== null) {
      this.#tell(null, why);
      return;
    }
    this.#isBusy = true;
    this.#send(system);
  }

  #send(message: ToTwoStatesWorker): void {
    this.#worker ??= this.#open();
    this.#worker.postMessage(message);
  }

  #open(): Worker {
    const worker = new Worker(new URL('../experiments/spectrum/two-states-worker.ts', import.meta.url), {
      type: 'module',
      name: 'two states',
    });
    const fail = (why: string) => this.#tell(null, `The two states are not known: ${why}`);
    worker.onmessage = ({ data }: MessageEvent<FromTwoStatesWorker>) => {
      if (!this.#isBusy || !this.#system || !sameSystem(data.system, this.#system)) return;
      if ('failure' in data) fail(data.failure);
      else if (typeof data.states === 'string') this.#tell(null, words[data.states]);
      else this.#tell(data.states, '');
    };
    worker.onerror = ({ message }) => {
      this.#worker = null;
      worker.terminate();
      if (this.#isBusy) fail(message || 'their worker did not load.');
    };
    return worker;
  }

  #tell(states: TwoStates | null, words: string): void {
    this.#isBusy = false;
    this.#isDone = true;
    [this.states, this.words] = [states, words];
    this.onChange();
  }
}
