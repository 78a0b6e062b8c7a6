/**
 * What an experiment is: the one place where compute meets its faces (page, command line, export).
 *
 * An experiment takes checked parameters and options, a GPU or threads on demand, a signal to stop it and listeners;
 * it returns the `result` of the JSON document. It knows neither page nor Node.
 */
import type { Gpu } from '../gpu/gpu';
import type { OptionTable, Raw } from '../parameters/options';
import type { SystemParameters } from '../parameters/system';
import type { SystemInput } from '../parameters/system-options';
import type { Operators } from '../proofs/certificate';
import type { EngineInUse, EnginesOf, LentThreads } from './engine-choice';
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
   * The GPU, a new one after it failed: `DeviceLosses` asks. Null where the CPU computes. Rejects with NoAdapterError where a GPU
   * was asked for and there is none, with DeviceLostError where there is none any more. Whoever works on it waits for its failure as well.
   */
  readonly gpu: () => Promise<Gpu | null>;
  /** Where devices are lost again and again: whether the CPU goes on, for good. */
  readonly leaveGpu: () => boolean;
  /** The CPU engine's. */
  readonly threads: LentThreads;
  /** When it fires the run stops at the next submit and returns what it finished. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  /** The result so far, of the same form as the final one. */
  readonly onPartial: (result: unknown) => void;
  /**
   * Takes a picture of a few, before what takes long, of the form of the result; no run goes on from it. Left out where nobody looks: it
   * costs a little.
   */
  readonly onGlimpse?: ((result: unknown) => void) | undefined;
  /** The unit of the rates that the run is given, in the user's: a sentence says a rate times it, a time over it. */
  readonly unit: number;
  /** Adds a sentence to the document's `warnings`. */
  readonly warn: (sentence: string) => void;
  /** Takes what proves the result's `proven`: the operators of its certificate. */
  readonly certify?: ((operators: Operators) => void) | undefined;
}

/** What an experiment declares, as `registry.ts` lists it; who only shows results needs no more of it. */
export interface Experiment<Options, Result, Earlier = unknown> extends Shape<Result> {
  readonly command: string;
  /** for a person, in one line */
  readonly does: string;
  /** its own options; one called `atoms` takes the place of the system's */
  readonly takes: OptionTable;
  /** the system's options that it takes, where that is not all of them */
  readonly ofSystem?: readonly (keyof SystemInput)[];
  /** what it can be computed by */
  readonly engines: EnginesOf;
  /** Whether it proves something, so that a certificate can be written; left out where it never does. */
  certifies?(options: Options): boolean;
  /** What the files that it is given hold, read once. Throws InputError. */
  earlier?(raw: Raw): Earlier;
  /** The system, where a file to go on from says it; by default what the user said. Throws InputError. */
  parameters?(said: SystemInput, raw: Raw, earlier: Earlier): SystemParameters;
  /**
   * Checks raw options (numbers or their text) and fills in defaults; refuses a system it cannot do. Throws
   * InputError before any work.
   */
  options(raw: Raw, parameters: SystemParameters, earlier: Earlier): Options;
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
  /** the systems that the result is of, where they are others than the document's */
  systems?(result: Result, parameters: SystemParameters): readonly SystemParameters[];
}

/** The document that a run prints, exports and shows; `result` depends on the command. */
export interface ResultDocument<Result = unknown, Command = string> extends EngineInUse {
  readonly schema: 'dicke-bistability/1';
  readonly command: Command;
  readonly version: string;
  /** of the trajectories: results of one walk can be gone on with and merged, whatever release wrote them */
  readonly walk: number;
  /** wall time of the run, s */
  readonly seconds: number;
  readonly parameters: SystemParameters;
  readonly warnings: readonly string[];
  /** true when the run was cancelled and `result` holds only what was finished */
  readonly interrupted: boolean;
  readonly result: Result;
  /** of the canonical JSON of everything but `seconds` and itself, in hexadecimal */
  readonly sha256: string;
}
