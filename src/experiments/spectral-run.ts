/** What the experiments on the Liouvillian share: progress in matvecs, a way to stop, and who does the matvecs. */
import type { CorrectionSolver } from '../liouvillian/correction';
import { CpuCorrectionSolver } from '../liouvillian/cpu-correction';
import type { Liouvillian } from '../liouvillian/liouvillian';
import { SlowSpectrum } from '../liouvillian/slow-spectrum';
import type { SystemParameters } from '../parameters/system';
import type { RunContext } from './experiment';
import { paced } from './pace';

/** Time between two looks at the rest of the world during a calculation on the CPU, ms. */
const BREATH = 50;

/** The slow spectrum of one system within a run. */
export function slowSpectrum(system: SystemParameters, context: RunContext, phase: string): SlowSpectrum {
  const report = paced(context, phase, 'matvecs', expectedMatvecs(system.atoms));
  const solver = (liouvillian: Liouvillian): CorrectionSolver =>
    new CpuCorrectionSolver(liouvillian, breathing(context));
  return new SlowSpectrum(system, solver, (matvecs) =>
    report(matvecs, Math.min(0.99, matvecs / expectedMatvecs(system.atoms))),
  );
}

/** Lets messages in every now and then, and stops when asked to. */
export function breathing({ signal }: RunContext): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < BREATH) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    last = performance.now();
    signal.throwIfAborted();
  };
}

/** Matvecs for lambda_1 near the middle of the bistable interval grow about as N^1.2: 1,400 at 54, 2,200 at 90. */
function expectedMatvecs(atoms: number): number {
  return Math.ceil(2000 * Math.max(1, atoms / 54) ** 1.2);
}
