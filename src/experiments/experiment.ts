/**
 * What an experiment is: the one place where compute meets its faces (page, command line, export).
 *
 * An experiment takes checked parameters and options, a GPU on demand, a signal to stop it and listeners;
 * it returns the `result` of the JSON document. It knows neither page nor Node.
 */
import type { AdapterDescription, Gpu } from '../gpu/gpu';
import type { OptionTable, Raw } from '../parameters/options';
import type { SystemInput, SystemParameters } from '../parameters/system';
import type { Fields } from './fields';

/** How far a run has come. */
export interface Progress {
  /** what is being done, for a person: "trajectories", "set-up", ... */
  readonly phase: string;
  readonly done: number;
  readonly total: number;
  /** what is counted, in the plural: "trajectories", "matvecs", "points" */
  readonly unit: string;
  /** wall time since the run began, s */
  readonly seconds: number;
  /** units per second of wall time; null before it is known */
  readonly rate: number | null;
  /** seconds left; null before it is known */
  readonly eta: number | null;
}

/** What the faces lend a run. */
export interface RunContext {
  /**
   * Opens the GPU at the first call, and a new one after it failed: `DeviceLosses` asks. Rejects with NoAdapterError where there
   * is none, with DeviceLostError where there is none any more. Whoever works on it waits for its failure as well.
   */
  readonly gpu: () => Promise<Gpu>;
  /** When it fires the run stops at the next submit and returns what it finished. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  /** The result so far, of the same form as the final one. */
  readonly onPartial: (result: unknown) => void;
  /** The unit of the rates that the run is given, in the user's: a sentence says a rate times it, a time over it. */
  readonly unit: number;
  /** Adds a sentence to the document's `warnings`. */
  readonly warn: (sentence: string) => void;
}

/** What an experiment declares, as `registry.ts` lists it; who only shows results needs no more of it. */
export interface Experiment<Options, Result> extends Shape<Result> {
  readonly command: string;
  /** for a person, in one line */
  readonly does: string;
  /** its own options; one called `atoms` takes the place of the system's */
  readonly takes: OptionTable;
  /** The system, where a file to go on from says it; by default what the user said. Throws InputError. */
  parameters?(said: SystemInput, raw: Raw): SystemParameters;
  /**
   * Checks raw options (numbers or their text) and fills in defaults; refuses a system it cannot do. Throws
   * InputError before any work: the command line asks it before a browser starts.
   */
  options(raw: Raw, parameters: SystemParameters): Options;
  /** About how long it will take, on the machine of `cost.ts`, s; options as in `options`. */
  seconds(parameters: SystemParameters, raw: Raw): number;
}

/** How an experiment is computed, as `computations.ts` lists it. */
export interface Computation<Options, Result> {
  /** All in the system's own unit: system, options and result; both are in the user's outside of it. */
  run(parameters: SystemParameters, options: Options, context: RunContext): Promise<Result>;
}

/** What is known of a command's results. */
export interface Shape<Result = unknown> {
  readonly fields: Fields;
  /** by field of the result: its exact values, in the same form as far as there are some */
  exact?(result: Result): Readonly<Record<string, unknown>>;
  /** bounds on what fields of the same paths are off; of a list, on each of its entries */
  bounds?(result: Result): unknown;
  /** options that the result holds in another form than by their names */
  told?(result: Result): Readonly<Record<string, unknown>>;
}

/** The document that a run prints, exports and shows; `result` depends on the command. */
export interface ResultDocument<Result = unknown, Command = string> {
  readonly schema: 'dicke-bistability/1';
  readonly command: Command;
  readonly version: string;
  /** wall time of the run, s */
  readonly seconds: number;
  readonly parameters: SystemParameters;
  /** null when the command used no GPU */
  readonly adapter: AdapterDescription | null;
  readonly warnings: readonly string[];
  /** true when the run was cancelled and `result` holds only what was finished */
  readonly interrupted: boolean;
  readonly result: Result;
}
