/**
 * BiCGStab(2) in float64 on the CPU (Sleijpen and Fokkema, ETNA 1, 11 (1993)), left-preconditioned by the shifted diagonal: the same fused passes as
 * bicgstab.wgsl, and the faster of the two where the adapter is a software one.
 */
import {
  type Correction,
  type CorrectionEquation,
  type CorrectionSolver,
  type Operator,
  patience,
  preconditionedOperator,
  preconditioner,
} from './correction';
import type { Liouvillian } from './liouvillian';
import { dot, norm } from './vectors';

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
    const { x, reduction, matvecs } = await bicgstab2(
      operate,
      b,
      equation,
      patience(liouvillian.system.atoms),
      this.pause,
    );
    return { x: Array.from({ length: p }, (_, k) => x.slice(k * n, (k + 1) * n)), reduction, matvecs };
  }
}

async function bicgstab2(
  operate: Operator,
  b: Float64Array,
  { reduction: asked, mostMatvecs }: CorrectionEquation,
  patience: number,
  pause: () => Promise<void>,
) {
  const n = b.length;
  const vector = () => new Float64Array(n);
  const whole = norm(b);
  const best = { x: vector(), reduction: 1 };
  let matvecs = 0;
  while (matvecs < mostMatvecs && best.reduction > asked) {
    // (re)start from the best iterate with its true residual
    const x = best.x.slice();
    const [r0, r1, r2, u0, u1, u2] = [b.slice(), vector(), vector(), vector(), vector(), vector()];
    if (matvecs > 0) {
      operate(x, r1);
      for (let i = 0; i < n; i++) r0[i] -= r1[i];
    }
    const shadow = r0.slice();
    const first = best.reduction;
    let [rho, beta] = [dot(r0, shadow), 0];
    let lastProgress = matvecs;
    let broken = false;
    while (matvecs < mostMatvecs && matvecs - lastProgress < patience) {
      reverse(r0, beta, u0);
      operate(u0, u1);
      let alpha = rho / dot(u1, shadow);
      for (let i = 0; i < n; i++) {
        r0[i] -= alpha * u1[i];
        x[i] += alpha * u0[i];
      }
      operate(r0, r1);
      const next = dot(r1, shadow);
      beta = (alpha * next) / rho;
      reverse(r0, beta, u0);
      reverse(r1, beta, u1);
      operate(u1, u2);
      alpha = next / dot(u2, shadow);
      for (let i = 0; i < n; i++) {
        r0[i] -= alpha * u1[i];
        r1[i] -= alpha * u2[i];
        x[i] += alpha * u0[i];
      }
      operate(r1, r2);
      matvecs += 4;
      const [g1, g2] = leastResidual(r0, r1, r2);
      for (let i = 0; i < n; i++) {
        x[i] += g1 * r0[i] + g2 * r1[i];
        r0[i] -= g1 * r1[i] + g2 * r2[i];
        u0[i] -= g1 * u1[i] + g2 * u2[i];
      }
      rho = -g2 * next;
      const follow = dot(r0, shadow);
      beta = (alpha * follow) / rho;
      rho = follow;
      const reached = norm(r0) / whole;
      broken = !(reached < 1e6);
      if (broken) break;
      if (reached < 0.9 * best.reduction) lastProgress = matvecs;
      if (reached < best.reduction) {
        best.reduction = reached;
        best.x.set(x);
        if (reached <= asked) break;
      }
      await pause();
    }
    if (best.reduction > 0.9 * first && !broken) break;
    if (broken && best.reduction === first) break;
  }
  return { ...best, matvecs };
}

/** The g1, g2 that make |r0 - g1 r1 - g2 r2| least. */
function leastResidual(r0: Float64Array, r1: Float64Array, r2: Float64Array): [number, number] {
  let [a11, a12, a22, b1, b2] = [0, 0, 0, 0, 0];
  for (let i = 0; i < r0.length; i++) {
    const [v0, v1, v2] = [r0[i], r1[i], r2[i]];
    a11 += v1 * v1;
    a12 += v1 * v2;
    a22 += v2 * v2;
    b1 += v1 * v0;
    b2 += v2 * v0;
  }
  const determinant = a11 * a22 - a12 * a12;
  return [(a22 * b1 - a12 * b2) / determinant, (a11 * b2 - a12 * b1) / determinant];
}

/** y = x - factor y */
function reverse(x: Float64Array, factor: number, y: Float64Array): void {
  for (let i = 0; i < x.length; i++) y[i] = x[i] - factor * y[i];
}
