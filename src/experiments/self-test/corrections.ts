/** The Liouvillian's matvecs, coefficient by coefficient, and two cycles of its correction equation, against float64. */
import { type Check, Comparison } from '../../gpu/check';
import type { CorrectionEquation } from '../../liouvillian/correction';
import { CpuCorrectionSolver } from '../../liouvillian/cpu-correction';
import { GpuCorrectionSolver } from '../../liouvillian/gpu-correction';
import { mostDeflations } from '../../liouvillian/gpu-layout';
import { Liouvillian } from '../../liouvillian/liouvillian';
import type { Direction } from '../../liouvillian/stencil';
import { systemParameters } from '../../parameters/system';
import type { SystemInput } from '../../parameters/system-options';
import { applyLiouvillian, applyLiouvillianTransposed, forEachCoefficient } from '../../twin/liouvillian';
import { philox, uniform01 } from '../../twin/philox';
import type { SelfTest } from './part';

/** A coefficient is the sum or product of two rounded factors, and is multiplied once: four roundings, and room for four. */
const coefficientError = 8 * 2 ** -24;
/** Ten times what two cycles in float32 leave, of the largest element. */
const solutionError = 4e-6;
const twins = { forward: applyLiouvillian, transposed: applyLiouvillianTransposed } as const;
const names = { forward: 'L', transposed: 'L^T' } as const;

const equation1: SystemInput = { atoms: 21, gamma1d: 0.7, gammaf: 0.4, omega: 1.3 };
const general: SystemInput = {
  ...{ ...equation1, atoms: 7, detuning: 0.6, collectiveShift: -0.3 },
  ...{ pumping: 0.5, dephasing: 0.8, collectivePumping: 0.2, collectiveDephasing: 0.9 },
};

/** L and L^T, coefficient by coefficient. */
export const checkMatvecs = inBothDirections(equation1, checkMatvec);
export const checkGeneralMatvecs = inBothDirections(general, checkGeneralMatvec);
/** Two cycles of BiCGStab(2) for either. */
export const checkSolves = inBothDirections(equation1, checkSolve);
export const checkGeneralSolves = inBothDirections(general, checkSolve);

function inBothDirections(system: SystemInput, check: typeof checkSolve): SelfTest {
  return async (gpu, { signal }) => {
    const liouvillian = new Liouvillian(systemParameters(system));
    const checks: Check[] = [];
    for (const direction of ['forward', 'transposed'] as const) {
      // A fresh solver's first submit is two cycles; later ones are as many as its time allowed.
      const solver = new GpuCorrectionSolver(gpu, liouvillian, signal);
      try {
        checks.push(await check(solver, liouvillian, direction, signal));
      } finally {
        solver.destroy();
      }
    }
    return checks;
  };
}

/**
 * Every value of y has one coefficient to it, because x is zero but for columns that no row shares: a dense x would hide
 * the small coefficients under the rounding of the large ones.
 */
async function checkMatvec(
  solver: GpuCorrectionSolver,
  liouvillian: Liouvillian,
  direction: Direction,
): Promise<Check> {
  const { system, pyramid, unknowns } = liouvillian;
  const values = pseudoRandom(unknowns, 0);
  const comparison = new Comparison();
  for (const columns of separateColumns(liouvillian, direction)) {
    const x = new Float32Array(unknowns);
    for (const column of columns) x[column] = values[column];
    const exact = new Float64Array(unknowns);
    twins[direction](system, pyramid, x, exact);
    const y = await solver.apply(direction, x);
    exact.forEach((truth, i) => {
      comparison.add(y[i], truth, Math.abs(truth) || 1);
    });
  }
  return comparison.check(`${names[direction]} x of 21 atoms (relative, by coefficient)`, coefficientError);
}

/**
 * The same with all of the general model, beside the float64 product. A difference of two levels may be small beside both: errors are relative to
 * the larger of the coefficient and the levels' size.
 */
async function checkGeneralMatvec(
  solver: GpuCorrectionSolver,
  liouvillian: Liouvillian,
  direction: Direction,
): Promise<Check> {
  const { unknowns, system } = liouvillian;
  const values = pseudoRandom(unknowns, 0);
  const rowsOf = Array.from({ length: unknowns }, (_, column) => {
    const unit = new Float64Array(unknowns);
    // B has no diagonal.
    unit[column] = liouvillian.weights[column] === 0 ? 0 : 1;
    const image = liouvillian.image(direction, unit);
    return [...image.keys()].filter((row) => image[row] !== 0);
  });
  const levels = Math.max(...liouvillian.stencils.forward.level!.map(Math.abs));
  const comparison = new Comparison();
  for (const columns of inSeparateSets(rowsOf)) {
    const x = new Float32Array(unknowns);
    for (const column of columns) x[column] = liouvillian.weights[column] === 0 ? 0 : values[column];
    const exact = liouvillian.image(direction, Float64Array.from(x));
    const y = await solver.apply(direction, x);
    exact.forEach((truth, i) => {
      comparison.add(y[i], truth, Math.max(Math.abs(truth), levels));
    });
  }
  return comparison.check(
    `${names[direction]} x of ${system.atoms} atoms, general model (relative, by coefficient)`,
    coefficientError,
  );
}

/** All columns of L or L^T in sets of which no two meet in a row. */
function separateColumns({ system, pyramid, unknowns }: Liouvillian, direction: Direction): number[][] {
  const rowsOf = Array.from({ length: unknowns }, (): number[] => []);
  forEachCoefficient(system, pyramid, (row, column) => {
    if (direction === 'forward') rowsOf[column].push(row);
    else rowsOf[row].push(column);
  });
  return inSeparateSets(rowsOf);
}

/** @param rowsOf of each column the rows that it meets */
function inSeparateSets(rowsOf: readonly (readonly number[])[]): number[][] {
  const sets: { readonly columns: number[]; readonly rows: Set<number> }[] = [];
  rowsOf.forEach((rows, column) => {
    let set = sets.find((set) => rows.every((row) => !set.rows.has(row)));
    if (set === undefined) {
      set = { columns: [], rows: new Set() };
      sets.push(set);
    }
    set.columns.push(column);
    for (const row of rows) set.rows.add(row);
  });
  return sets.map(({ columns }) => columns);
}

/** x after two cycles of BiCGStab(2), which depends on every kernel of a cycle, beside the float64 solver's. */
async function checkSolve(
  solver: GpuCorrectionSolver,
  liouvillian: Liouvillian,
  direction: Direction,
  signal: AbortSignal,
): Promise<Check> {
  const { unknowns, weights } = liouvillian;
  // B has no diagonal.
  const vector = (n: number) =>
    Float64Array.from(pseudoRandom(unknowns, n), (x, i) => (weights[i] === 0 ? 0 : x / Math.sqrt(unknowns)));
  const rhs = vector(0);
  // Along the right-hand side as well, so that what the deflations take away is no small part.
  const along = (n: number) => vector(n).map((value, i) => value + rhs[i]);
  const equation: CorrectionEquation = {
    direction,
    // Far enough from the spectrum that rounding is not amplified: that of the general model's system reaches farther.
    theta: [liouvillian.parts === 'both' ? 20 : 4],
    deflations: Array.from({ length: mostDeflations }, (_, d) => ({
      image: along(2 * d + 1),
      functional: along(2 * d + 2),
    })),
    deflationRate: 5,
    rhs: [rhs],
    reduction: 0,
    mostMatvecs: 8,
  };
  const exact = await new CpuCorrectionSolver(liouvillian, async () => signal.throwIfAborted()).solve(
    equation,
  );
  const found = await solver.solve(equation);
  const comparison = new Comparison();
  const largest = exact.x[0].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  comparison.addAll(found.x[0], exact.x[0], largest);
  comparison.add(found.reduction, exact.reduction);
  return comparison.check(
    `correction by ${names[direction]} of ${liouvillian.system.atoms} atoms (relative, after two cycles)`,
    solutionError,
  );
}

/** Numbers of size 1/2 to 1 with both signs, exact in float32. */
function pseudoRandom(length: number, stream: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length }, (_, i) => {
    const [size, sign] = philox([i, stream, 0, 0], [0, 0]);
    return (sign % 2 === 0 ? 1 : -1) * (1 - uniform01(size) / 2);
  });
}
