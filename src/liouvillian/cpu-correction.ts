/**
 * Correction equations in float64 on the CPU, where the GPU is missing or a software one (whose lanes are this same CPU, and ten times
 * slower): BiCGStab(2) in WebAssembly, restarted from its best iterate when it breaks down or stalls.
 */
import { BicgstabMemory } from './bicgstab-memory';
import type { Correction, CorrectionEquation, CorrectionSolver } from './correction';
import type { Liouvillian } from './liouvillian';
import { dot } from './vectors';

/** A plateau of this many matvecs is the end of it: they lengthen with N. */
const patience = (atoms: number) => 1500 + 20 * atoms;
/** A residual that has grown by this much comes from a division by next to nothing. */
const BROKEN = 1e6;

export class CpuCorrectionSolver implements CorrectionSolver {
  private memory: Promise<BicgstabMemory> | undefined;

  /** @param pause is awaited between slices of work: it lets messages in, and throws where the run is to stop */
  constructor(
    private readonly liouvillian: Liouvillian,
    private readonly pause: () => Promise<void>,
  ) {}

  async solve(equation: CorrectionEquation, onMatvecs?: (matvecs: number) => void): Promise<Correction> {
    const { liouvillian, pause } = this;
    this.memory ??= BicgstabMemory.of(liouvillian);
    const memory = await this.memory;
    const b = memory.set(equation);
    const { reduction: asked, mostMatvecs } = equation;
    const whole = Math.sqrt(sumOfSquares(b));
    const most = patience(liouvillian.system.atoms);
    let best: Pick<Correction, 'x' | 'reduction'> = {
      x: b.map((v) => new Float64Array(v.length)),
      reduction: 1,
    };
    let matvecs = 0;
    while (matvecs < mostMatvecs && best.reduction > asked) {
      memory.start(b, best.x);
      const first = best.reduction;
      let lastProgress = matvecs;
      let broken = false;
      while (matvecs < mostMatvecs && matvecs - lastProgress < most) {
        const reached = Math.sqrt(memory.cycle()) / whole;
        matvecs += 4;
        onMatvecs?.(matvecs);
        broken = !(reached < BROKEN);
        if (broken) break;
        if (reached < 0.9 * best.reduction) lastProgress = matvecs;
        if (reached < best.reduction) best = { x: memory.solution(), reduction: reached };
        if (reached <= asked) break;
        await pause();
      }
      if (best.reduction > 0.9 * first && !broken) break;
      if (broken && best.reduction === first) break;
    }
    return { ...best, matvecs };
  }
}

function sumOfSquares(vectors: readonly Float64Array[]): number {
  return vectors.reduce((sum, vector) => sum + dot(vector, vector), 0);
}
