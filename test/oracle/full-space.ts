/** The general model on all 2^N states, in Python: `full_space.py` says how. */
import { join } from 'node:path';
import type { SpinMoments } from '../../src/operators/moments';
import type { SystemParameters } from '../../src/parameters/system';
import { needPython, throughPython } from '../python';
import type { Mode } from './oracle';

export interface FullSpace {
  /** all of them, with multiplicities: a pair is two */
  readonly eigenvalues: readonly Mode[];
  readonly steady: SpinMoments;
}

/** The same by PIQS: `piqs.py`; of the eigenvalues the slowest twelve. */
export const byPiqs = (systems: readonly SystemParameters[]) =>
  throughPython<FullSpace[]>(needPython('qutip'), [join(import.meta.dirname, 'piqs.py')], systems);

export const fullSpace = (systems: readonly SystemParameters[]) =>
  throughPython<FullSpace[]>(needPython('numpy'), [join(import.meta.dirname, 'full_space.py')], systems);
