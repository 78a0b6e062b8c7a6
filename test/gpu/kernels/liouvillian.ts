/** Runs in the page: the Liouvillian's kernels. Vectors are made here by formula, so that only numbers travel. */

import type { Gpu } from '../../../src/gpu/gpu';
import { GpuCorrectionSolver } from '../../../src/liouvillian/gpu-correction';
import { Liouvillian, type Parts } from '../../../src/liouvillian/liouvillian';
import { SlowSpectrum } from '../../../src/liouvillian/slow-spectrum';
import { type SystemParameters, systemParameters } from '../../../src/parameters/system';
import type { SystemInput } from '../../../src/parameters/system-options';
import { applyLiouvillian, applyLiouvillianTransposed } from '../../../src/twin/liouvillian';
import { withGpu } from '../with-gpu';

const never = new AbortController().signal;

/** Numbers between -1 and 1 that float32 holds exactly. */
function pattern(length: number, phase: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length }, (_, i) => Math.sin(phase + 1.7 * i));
}

/** For each system: largest errors against float64, relative to the largest value; trace of L x; <w, L x> - <L^T w, x>. */
export function matvecs(inputs: readonly SystemInput[], parts?: Parts) {
  return withGpu(async (gpu) => {
    const errors = [];
    for (const input of inputs) errors.push(await matvec(gpu, systemParameters(input), parts));
    return errors;
  });
}

async function matvec(gpu: Gpu, system: SystemParameters, parts?: Parts) {
  const liouvillian = new Liouvillian(system, parts);
  const { pyramid, unknowns } = liouvillian;
  const solver = new GpuCorrectionSolver(gpu, liouvillian, never);
  // B has no diagonal.
  const [x, w] = [0, 2].map((phase) =>
    pattern(unknowns, phase).map((value, i) => (liouvillian.weights[i] === 0 ? 0 : value)),
  );
  const forward = await solver.apply('forward', x);
  const transposed = await solver.apply('transposed', w);
  solver.destroy();
  const [exactForward, exactTransposed] = [new Float64Array(unknowns), new Float64Array(unknowns)];
  if (liouvillian.parts !== 'symmetric') {
    exactForward.set(liouvillian.image('forward', Float64Array.from(x)));
    exactTransposed.set(liouvillian.image('transposed', Float64Array.from(w)));
  } else {
    applyLiouvillian(system, pyramid, x, exactForward);
    applyLiouvillianTransposed(system, pyramid, w, exactTransposed);
  }
  const inner = (a: Float32Array, b: Float32Array) =>
    liouvillian.inner(Float64Array.from(a), Float64Array.from(b));
  return {
    forward: relativeError(forward, exactForward),
    transposed: relativeError(transposed, exactTransposed),
    trace: pyramid.trace(forward) / norm(forward),
    adjoint: (inner(w, forward) - inner(transposed, x)) / (norm(w) * norm(forward)),
  };
}

/** lambda_1 with all correction solves on the GPU. */
export function slowMode(input: SystemInput, tolerance: number) {
  return withSpectrum(input, async (spectrum) => {
    const { re, error, matvecs, condition } = await spectrum.slowMode({ tolerance });
    const { residual } = await spectrum.steadyState(null, 1e-6);
    return { re, error, matvecs, condition, residual, total: spectrum.matvecs };
  });
}

/** The slowest decay of the antisymmetric sector, likewise; its matvecs are told, for a model that holds all modes needs none. */
export function antisymmetric(input: SystemInput) {
  return withSpectrum(input, async (spectrum) => {
    const { mode } = await spectrum.antisymmetric(Number.POSITIVE_INFINITY);
    return { ...mode!, matvecs: spectrum.matvecs };
  });
}

function withSpectrum<Result>(input: SystemInput, work: (spectrum: SlowSpectrum) => Promise<Result>) {
  return withGpu(async (gpu) => {
    const solvers: GpuCorrectionSolver[] = [];
    const spectrum = await SlowSpectrum.of(systemParameters(input), {
      solver: (liouvillian) => {
        const solver = new GpuCorrectionSolver(gpu, liouvillian, never);
        solvers.push(solver);
        return solver;
      },
      onMatvecs: () => {},
      onBlocks: () => {},
      pause: async () => {},
    });
    const result = await work(spectrum);
    for (const solver of solvers) solver.destroy();
    return result;
  });
}

function relativeError(values: Float32Array, exact: Float64Array): number {
  const largest = exact.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return exact.reduce((worst, value, i) => Math.max(worst, Math.abs(values[i] - value)), 0) / largest;
}

function norm(x: ArrayLike<number>): number {
  return Math.sqrt(Array.from(x).reduce((sum, value) => sum + value * value, 0));
}
