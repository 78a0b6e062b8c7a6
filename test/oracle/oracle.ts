/** The truth about a system by the dense oracle, in Python: `liouvillian.py` says how it is found. */
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { SystemParameters } from '../../src/parameters/system';
import { needPython, throughPython } from '../python';

/** A decay rate and its frequency, which is 0 or above: a pair is one mode. */
export type Mode = readonly [decay: number, frequency: number];

export interface RefinedMode {
  readonly re: number;
  readonly im: number;
  /** what rounding may have left */
  readonly error: number;
  /** |left| |right| / |left . right| in Hilbert-Schmidt norms */
  readonly condition: number;
}

type Sectors<Value> = { readonly symmetric: Value; readonly antisymmetric: Value };

export interface Moments {
  readonly Sy: number;
  readonly Sz: number;
  readonly Sx2: number;
  readonly Sy2: number;
  readonly Sz2: number;
  readonly Pj: readonly number[];
}

/** What claims are held to. Rates in the unit of the system. */
export interface Truth {
  readonly system: SystemParameters;
  /** the slowest three of the symmetric sector and the slowest of the other, once more */
  readonly refined: Sectors<readonly RefinedMode[]>;
  readonly steady: Moments;
  /** null where lambda_1 is one of a pair */
  readonly metastable: {
    readonly aPlus: number;
    readonly aMinus: number;
    readonly ratePlus: number;
    readonly rateMinus: number;
    readonly committor: { readonly pPlus: number; readonly ratePlus: number; readonly rateMinus: number };
    readonly plus: Moments;
    readonly minus: Moments;
  } | null;
  /** what rounding may have left of the steady and the metastable states, relative */
  readonly stateError: number;
}

/** All that the oracle says. */
export interface Answer extends Truth, Sectors<readonly Mode[]> {
  /** of the modes that are not refined, times their condition */
  readonly rounding: number;
  readonly unknowns: number;
}

/** @param kept how many modes of each sector are given, the slowest */
export async function truths(systems: readonly SystemParameters[], kept = 6): Promise<Answer[]> {
  const python = needPython('numpy');
  const script = join(import.meta.dirname, 'liouvillian.py');
  const workers = Math.min(cpus().length, systems.length);
  // Dealt out in turn, so that each has its share of the large ones.
  const shares = Array.from({ length: workers }, (_, worker) =>
    systems.filter((_, i) => i % workers === worker),
  );
  const answers = await Promise.all(
    shares.map((share) => throughPython<Answer[]>(python, [script, String(kept)], share)),
  );
  return systems.map((_, i) => answers[i % workers][Math.floor(i / workers)]);
}
