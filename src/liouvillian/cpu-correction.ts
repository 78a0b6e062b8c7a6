/**
 * BiCGStab(2) in float64 on the CPU (Sleijpen and Fokkema, ETNA 1, 11 (1993)), left-preconditioned by the shifted diagonal: the same
 * iteration as the GPU's, and the faster of the two where the adapter is a software one.
 */
import type { Correction, CorrectionEquation, CorrectionSolver } from './correction';
import { preconditionedOperator, preconditioner } from './correction';
import type { Liouvillian } from './liouvillian';
import { axpy, dot, norm } from './vectors';

/** Restarts after this many matvecs without progress. */
const PATIENCE = 400;

export class CpuCorrectionSolver implements CorrectionSolver {
  constructor(
    private readonly liouvillian: Liouvillian,
    private readonly pause: () => Promise<void>,
  ) {}

  async solve(equation: CorrectionEquation): Promise<Correction> {
    const { liouvillian } = this;
    const n = liouvillian.unknowns;
    const p = equation.rhs.length;
    const operate = preconditionedOperator(liouvillian, equation);
    const weights = preconditioner(liouvillian.diagonal, equation.theta[0]);
    const b = new Float64Array(n * p);
    equation.rhs.forEach((rhs, k) => {
      for (let i = 0; i < n; i++) b[k * n + i] = weights[i] * rhs[i];
    });
    const { x, reduction, matvecs } = await bicgstab2(operate, b, equation, this.pause);
    return { x: Array.from({ length: p }, (_, k) => x.slice(k * n, (k + 1) * n)), reduction, matvecs };
  }
}

async function bicgstab2(
  operate: (x: Float64Array, y: Float64Array) => void,
  b: Float64Array,
  { reduction: asked, mostMatvecs }: CorrectionEquation,
  pause: () => Promise<void>,
) {
  const n = b.length;
  const x = new Float64Array(n);
  let best = { x: x.slice(), reduction: 1 };
  const whole = norm(b);
  let matvecs = 0;
  while (matvecs < mostMatvecs && best.reduction > asked) {
    // (re)start from the best iterate with its true residual
    x.set(best.x);
    const r = [b.slice(), new Float64Array(n), new Float64Array(n)];
    if (matvecs > 0) {
      operate(x, r[1]);
      for (let i = 0; i < n; i++) r[0][i] -= r[1][i];
    }
    const shadow = r[0].slice();
    const u = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
    let [rho, alpha, omega] = [1, 0, 1];
    const begun = matvecs;
    let lastProgress = matvecs;
    const first = best.reduction;
    while (matvecs < mostMatvecs && matvecs - lastProgress < PATIENCE) {
      rho = -omega * rho;
      for (let j = 0; j < 2; j++) {
        const next = dot(r[j], shadow);
        const beta = (alpha * next) / rho;
        rho = next;
        for (let i = 0; i <= j; i++) reverse(r[i], beta, u[i]);
        operate(u[j], u[j + 1]);
        alpha = rho / dot(u[j + 1], shadow);
        for (let i = 0; i <= j; i++) axpy(-alpha, u[i + 1], r[i]);
        operate(r[j], r[j + 1]);
        axpy(alpha, u[0], x);
        matvecs += 2;
      }
      // the minimal residual over r0 - g1 r1 - g2 r2
      const [a11, a12, a22] = [dot(r[1], r[1]), dot(r[1], r[2]), dot(r[2], r[2])];
      const [b1, b2] = [dot(r[1], r[0]), dot(r[2], r[0])];
      const determinant = a11 * a22 - a12 * a12;
      const g1 = (a22 * b1 - a12 * b2) / determinant;
      const g2 = (a11 * b2 - a12 * b1) / determinant;
      omega = g2;
      for (let i = 0; i < n; i++) {
        x[i] += g1 * r[0][i] + g2 * r[1][i];
        r[0][i] -= g1 * r[1][i] + g2 * r[2][i];
        u[0][i] -= g1 * u[1][i] + g2 * u[2][i];
      }
      const reached = norm(r[0]) / whole;
      if (!(reached < 1e6)) break;
      if (reached < 0.9 * best.reduction) lastProgress = matvecs;
      if (reached < best.reduction) {
        best = { x: best.x, reduction: reached };
        best.x.set(x);
        if (reached <= asked) break;
      }
      await pause();
    }
    if (best.reduction > 0.9 * first && matvecs > begun + PATIENCE) break;
  }
  return { ...best, matvecs };
}

/** y = x - factor y */
function reverse(x: Float64Array, factor: number, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) y[i] = x[i] - factor * y[i];
}
