/** What the experiments on the Liouvillian share: progress in matvecs, a way to stop, and who does the matvecs. */
import { DeviceLostError, type Gpu, GpuMemoryError } from '../../gpu/gpu';
import type { Correction, CorrectionEquation, CorrectionSolver } from '../../liouvillian/correction';
import { CpuCorrectionSolver } from '../../liouvillian/cpu-correction';
import { GpuCorrectionSolver } from '../../liouvillian/gpu-correction';
import type { Liouvillian } from '../../liouvillian/liouvillian';
import { SlowSpectrum } from '../../liouvillian/slow-spectrum';
import type { SystemParameters } from '../../parameters/system';
import { throughLosses } from '../device-losses';
import type { RunContext } from '../experiment';
import { paced } from '../pace';

/** Time between two looks at the rest of the world during a calculation on the CPU, ms. */
const LONGEST_WITHOUT_PAUSE = 50;

/** Works on the slow spectrum of one system, and frees what it took. */
export async function withSlowSpectrum<Result>(
  system: SystemParameters,
  context: RunContext,
  phase: string,
  work: (spectrum: SlowSpectrum) => Promise<Result>,
): Promise<Result> {
  const expected = expectedMatvecs(system.atoms);
  // Made at the first matvec, so that the rate does not count the set-up.
  let report: ReturnType<typeof paced> | undefined;
  let elimination: ReturnType<typeof paced> | undefined;
  const solvers = new Map<Liouvillian, ChosenSolver>();
  try {
    const spectrum = await SlowSpectrum.of(system, {
      solver: (liouvillian) => {
        const solver = solvers.get(liouvillian) ?? new ChosenSolver(liouvillian, context);
        solvers.set(liouvillian, solver);
        return solver;
      },
      // Past what is usual nobody knows the end: a quarter more than is done.
      onMatvecs: (matvecs) => {
        report ??= paced(context, phase, 'matvecs', expected);
        report(matvecs, matvecs / expected, Math.max(expected, 1.25 * matvecs));
      },
      onBlocks: (done, of, share) => {
        if (done === 1) elimination = paced(context, `${phase}, elimination`, 'blocks', of);
        elimination?.(done, share);
      },
      pause: pausing(context),
    });
    return await work(spectrum);
  } finally {
    for (const solver of solvers.values()) solver.close();
  }
}

/**
 * Opens the GPU when there is a first correction to solve: small systems never ask. Without one, or once it is lost for good, the CPU solves
 * in float64; so it does for complex pairs.
 */
class ChosenSolver implements CorrectionSolver {
  private readonly cpu: CpuCorrectionSolver;
  private isCpuAlone = false;
  private made: { readonly gpu: Gpu; readonly solver: GpuCorrectionSolver } | null = null;

  constructor(
    private readonly liouvillian: Liouvillian,
    private readonly context: RunContext,
  ) {
    this.cpu = new CpuCorrectionSolver(liouvillian, pausing(context), context.threads.corrections);
  }

  async solve(equation: CorrectionEquation, onMatvecs: (matvecs: number) => void): Promise<Correction> {
    const isForCpu = this.isCpuAlone || equation.rhs.length > 1;
    return (
      (isForCpu ? null : await this.solveOnGpu(equation, onMatvecs)) ?? this.cpu.solve(equation, onMatvecs)
    );
  }

  /** Frees what it took on the GPU, and ends its threads. */
  close(): void {
    this.made?.solver.destroy();
    this.cpu.close();
  }

  /** Null where the CPU is to do it, now and from now on. */
  private async solveOnGpu(
    equation: CorrectionEquation,
    onMatvecs: (matvecs: number) => void,
  ): Promise<Correction | null> {
    const { context } = this;
    const remedy = ' while a correction was solved; that one is solved again.';
    try {
      const solve = (gpu: Gpu) => this.solverOn(gpu).solve(equation, onMatvecs);
      const correction = await throughLosses(context, remedy, solve);
      this.isCpuAlone = correction === null;
      return correction;
    } catch (cause) {
      if (![GpuMemoryError, DeviceLostError].some((kind) => cause instanceof kind)) throw cause;
      context.warn(`The CPU solves in float64, for want of a GPU that can: ${(cause as Error).message}`);
      this.isCpuAlone = true;
      return null;
    }
  }

  private solverOn(gpu: Gpu): GpuCorrectionSolver {
    if (this.made?.gpu !== gpu) {
      this.made?.solver.destroy();
      this.made = { gpu, solver: new GpuCorrectionSolver(gpu, this.liouvillian, this.context.signal) };
    }
    return this.made.solver;
  }
}

/** Lets messages in every now and then, and stops when asked to. */
export function pausing({ signal }: RunContext): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < LONGEST_WITHOUT_PAUSE) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    last = performance.now();
    signal.throwIfAborted();
  };
}

/** Matvecs for lambda_1 and lambda_2 near the middle of the bistable interval grow about as N^1.2: 1,500 at 54, 2,900 at 90, 6,900 at 200. */
function expectedMatvecs(atoms: number): number {
  return Math.ceil(1500 * Math.max(1, atoms / 54) ** 1.2);
}
