/** A run that signals stop: at the next submit, with what is finished. */
import { join } from 'node:path';
import { experimentOf } from '../experiments/registry';
import { say } from './outlets';
import type { Asked } from './program';
import { isPersons, type SignalName, status } from './signals.mjs';

/** npm passes a Ctrl-C on that the terminal has already sent; only a later one is a second. */
const sameCtrlC = 500; // ms

export class Stopping {
  readonly #controller = new AbortController();
  /** the first that was heard, and when */
  #first: { readonly name: SignalName; readonly at: number } | null = null;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** A person's second one ends the process at once. Batch systems repeat theirs, and kill what does not end in time. */
  readonly heard = (name: SignalName): void => {
    const now = performance.now();
    if (this.#first === null) {
      this.#first = { name, at: now };
      say(`\nStopping at the next submit (${name}); what is finished is kept. Ctrl-C quits at once.`);
      this.#controller.abort();
    } else if (isPersons(name) && now - this.#first.at > sameCtrlC) process.exit(status.interrupted);
  };

  /**
   * Says which signal ended the run and what is kept of it.
   * @param finished whether there is a document
   * @returns the exit status
   */
  ended({ request: { command }, json, out }: Asked, finished: boolean): number {
    const { name } = this.#first!;
    const place = out === null ? json && 'the document on standard output' : join(out, `${command}.json`);
    const resumes = 'resume' in experimentOf(command)!.takes;
    const goesOn = resumes && place !== false;
    const lacking = resumes
      ? 'without --out or --json there is no checkpoint'
      : `${command} has no checkpoint`;
    const kept = finished ? 'what was finished is kept' : 'interrupted before anything more was finished';
    const next = finished
      ? ` in ${place}; --resume goes on from there`
      : '; the same command starts it again';
    say(`${name}: ${kept}${goesOn ? next : `; ${lacking}`}.`);
    return goesOn && !isPersons(name) ? status.goOn : status.interrupted;
  }

  /** The same of figures, which have no checkpoint. @param drawn the panels that are finished */
  endedFigure(drawn: readonly string[]): number {
    const kept = drawn.length > 0 ? `drawn are ${drawn.join(', ')}` : 'interrupted before anything was drawn';
    say(`${this.#first!.name}: ${kept}; figure has no checkpoint.`);
    return status.interrupted;
  }
}
