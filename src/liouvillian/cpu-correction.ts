/**
 * Correction equations in float64 on the CPU, where the GPU is missing or a software one (whose lanes are this same CPU, and ten times
 * slower): BiCGStab(2) in WebAssembly, started again from its best iterate when it breaks down or stalls.
 */
import { BicgstabMemory } from './bicgstab-memory';
import {
  type Correction,
  type CorrectionEquation,
  type CorrectionSolver,
  patience,
  preconditionedOperator,
  preconditioner,
} from './correction';
import type { CorrectionThreads } from './correction-threads';
import type { Liouvillian } from './liouvillian';
import { type Region, regionOf } from './region';
import { dot, sums } from './vectors';

/** A residual that has grown by this much comes from a division by next to nothing. */
const BROKEN = 1e6;
/** An iterate that is better by less than this is no progress. */
const BETTER = 0.9;
/** Unknowns from which on it pays to leave out those that hardly matter: of 110 atoms it did not, of 140 it took 6 percent less, of 200 a third. */
const LARGE = 150_000;
/**
 * The part of what is asked that may lie outside the region at first: at N = 200 lambda_1 took 19 s with it, as long with 0.01 and 0.03, each
 * with a solve more, and 28 s of a processor without regions.
 */
const OUTSIDE = 0.003;
/** Where more is asked than this all is solved at once. */
const LEAST_IN_REGION = 1e-6;
/** Times what is asked. */
const NEARLY = 2;

interface Part {
  readonly x: readonly Float64Array[];
  readonly matvecs: number;
  readonly broken: boolean;
}

export class CpuCorrectionSolver implements CorrectionSolver {
  private memory: BicgstabMemory | undefined;

  /**
   * @param pause is awaited between slices of work: it lets messages in, and throws where the run is to stop
   * @param threads are lent until `close`; how many there are changes no bit
   */
  constructor(
    private readonly liouvillian: Liouvillian,
    private readonly pause: () => Promise<void>,
    private readonly threads: CorrectionThreads | null = null,
  ) {}

  async solve(equation: CorrectionEquation, onMatvecs?: (matvecs: number) => void): Promise<Correction> {
    const { liouvillian } = this;
    const { theta, reduction: asked, mostMatvecs } = equation;
    this.memory ??= BicgstabMemory.of(liouvillian, this.threads);
    const { memory } = this;
    const weights = preconditioner(liouvillian, theta[0]);
    const b = equation.rhs.map((rhs) => rhs.map((value, i) => weights[i] * value));
    const whole = norm(b);
    let region = this.regionFor(equation, b, asked, null);
    memory.set(equation, region);
    let best: Correction = {
      x: b.map((vector) => new Float64Array(vector.length)),
      reduction: 1,
      matvecs: 0,
    };
    let rest: readonly Float64Array[] = b;
    let matvecs = 0;
    while (matvecs < mostMatvecs && best.reduction > asked) {
      const { reduction } = best;
      const part = await this.iterate(memory, rest, asked / reduction, mostMatvecs - matvecs, (within) =>
        onMatvecs?.(matvecs + within),
      );
      matvecs += part.matvecs;
      const x = sums(best.x, part.x);
      const left = remaining(liouvillian, equation, b, x);
      const reached = norm(left) / whole;
      if (reached < reduction) {
        best = { x, reduction: reached, matvecs };
        rest = left;
      }
      // What a region leaves out is not worth another pass where nearly enough is reached.
      if (region !== null && best.reduction <= NEARLY * asked) break;
      const isBetter = reached < (part.broken ? 1 : BETTER) * reduction;
      if (region === null && !isBetter) break;
      if (region === null) continue;
      // What it leaves out is what is left.
      region = isBetter ? this.regionFor(equation, rest, asked / best.reduction, region) : null;
      memory.set(equation, region);
    }
    return { ...best, matvecs };
  }

  /** Ends the threads that it was lent. */
  close(): void {
    this.memory?.close();
  }

  /**
   * Where a solution is sought, at most: null for the whole pyramid. What is to be corrected says how it falls off, and what is left of the
   * equation where the regions before were too small.
   */
  private regionFor(
    { deflations, everywhere = false }: CorrectionEquation,
    rest: readonly Float64Array[],
    asked: number,
    also: Region | null,
  ): Region | null {
    const { liouvillian } = this;
    if (everywhere || liouvillian.unknowns < LARGE || asked < LEAST_IN_REGION) return null;
    const outside = OUTSIDE * asked;
    const own = deflations.slice(-rest.length).map(({ image }) => image);
    const shapes = [...rest, ...own].map((vector) => ({ vector, outside }));
    return regionOf(liouvillian, shapes, also);
  }

  /** BiCGStab(2) from zero, until `asked` of the right-hand side, a breakdown or a stall. */
  private async iterate(
    memory: BicgstabMemory,
    rhs: readonly Float64Array[],
    asked: number,
    mostMatvecs: number,
    onMatvecs: (matvecs: number) => void,
  ): Promise<Part> {
    const most = patience(this.liouvillian.system.atoms);
    const whole = norm(rhs);
    memory.start(rhs);
    let kept = 1;
    let lastProgress = 0;
    let reached = 1;
    let matvecs = 0;
    while (matvecs < mostMatvecs && matvecs - lastProgress < most && reached > asked) {
      const isBetter = reached < BETTER * kept;
      if (isBetter) {
        kept = reached;
        lastProgress = matvecs;
      }
      const squared = memory.cycle(isBetter);
      if (squared === null) return this.iterate(memory, rhs, asked, mostMatvecs, onMatvecs);
      reached = Math.sqrt(squared) / whole;
      matvecs += 4;
      onMatvecs(matvecs);
      if (!(reached < BROKEN)) break;
      await this.pause();
    }
    return { x: memory.solution(reached < kept ? 'now' : 'best'), matvecs, broken: !(reached < BROKEN) };
  }
}

/** b - A x */
function remaining(
  liouvillian: Liouvillian,
  equation: CorrectionEquation,
  b: readonly Float64Array[],
  x: readonly Float64Array[],
): Float64Array[] {
  const n = liouvillian.unknowns;
  const joined = new Float64Array(n * x.length);
  x.forEach((vector, k) => {
    joined.set(vector, k * n);
  });
  const image = new Float64Array(joined.length);
  preconditionedOperator(liouvillian, equation)(joined, image);
  return b.map((vector, k) => vector.map((value, i) => value - image[k * n + i]));
}

function norm(vectors: readonly Float64Array[]): number {
  return Math.sqrt(vectors.reduce((sum, vector) => sum + dot(vector, vector), 0));
}
