/**
 * The signals that end a run in order. Whoever starts one listens before all else: without a listener SIGUSR1 starts Node's
 * debugger, and the others end the process where it stands. Plain JavaScript, for what sets the command line up.
 */

/** A batch system sends the first two, up to 90 s before it kills, and starts the run again; the others are a person's. */
const names = /** @type {const} */ (['SIGTERM', 'SIGUSR1', 'SIGINT', 'SIGHUP']);
/** @typedef {(typeof names)[number]} SignalName */

/** Whether a person sent it. @param {SignalName} name */
export const isPersons = (name) => name === 'SIGINT' || name === 'SIGHUP';

/** Exit status of what a signal ended: 75 where the same command, started again, loses nothing. */
export const status = /** @type {const} */ ({ goOn: 75, interrupted: 130 });

/** Ends the process: there is nothing to keep, or nothing more. @param {SignalName} name */
export const leave = (name) => process.exit(isPersons(name) ? status.interrupted : status.goOn);

export class Signals {
  /**
   * What the next signal does.
   * @type {(name: SignalName) => void}
   */
  heard = leave;

  #listeners = names.map((name) => ({ name, listener: () => this.heard(name) }));

  constructor() {
    for (const { name, listener } of this.#listeners) process.on(name, listener);
  }

  /** Leaves signals to Node again. */
  close() {
    for (const { name, listener } of this.#listeners) process.off(name, listener);
  }
}
