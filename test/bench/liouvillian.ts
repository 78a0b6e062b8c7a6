/** Matvecs per second and their share of what the device can copy; lambda_1 from parameters to a certified bound. */
import type { Gpu } from '../../src/gpu/gpu';
import { Memory } from '../../src/gpu/memory';
import { CpuCorrectionSolver } from '../../src/liouvillian/cpu-correction';
import { GpuCorrectionSolver } from '../../src/liouvillian/gpu-correction';
import { Liouvillian } from '../../src/liouvillian/liouvillian';
import { SlowSpectrum } from '../../src/liouvillian/slow-spectrum';
import { systemParameters } from '../../src/parameters/system';
import type { Benchmark, Row } from './bench';

const never = new AbortController().signal;

/** Near the gap's minimum at Gamma/gamma = 15.5, and lambda_1 there in units of gamma where another method knows it. */
const points = [
  { atoms: 54, drive: 0.7485772379, lambda1: 0.0259649065 },
  { atoms: 90, drive: 0.755, lambda1: null },
  { atoms: 110, drive: 0.757, lambda1: null },
  { atoms: 200, drive: 0.765, lambda1: 0.000958523 },
  { atoms: 300, drive: 0.768, lambda1: null },
  { atoms: 500, drive: 0.7695, lambda1: null },
];
/** A software adapter is not asked for more. */
const mostOnSoftware = 110;

/** Work before what is timed, ms: a card at rest takes some tenths of a second to its clock. At N = 500 an H100 took 290 us a matvec, then 80. */
const warmUp = 500;

/** Matvecs in the timed submit: some tens of milliseconds on the devices at hand. */
const repeats = (gpu: Gpu, unknowns: number) =>
  Math.max(5, Math.round((gpu.adapter.fallback ? 1e6 : 1e9) / unknowns));

const matvec: Benchmark = {
  name: 'matvec',
  run: async (gpu) => {
    const rows: Row[] = [];
    for (const atoms of gpu.adapter.fallback ? [54, 110] : [54, 110, 200, 300, 500]) {
      const liouvillian = new Liouvillian(systemParameters({ atoms, ratio: 15.5, drive: 0.75 }));
      const { unknowns } = liouvillian;
      const solver = new GpuCorrectionSolver(gpu, liouvillian, never);
      try {
        await check(solver, liouvillian);
        const count = repeats(gpu, unknowns);
        for (const rested = performance.now(); performance.now() < rested + warmUp; )
          await solver.time(count, false);
        const seconds = (await solver.time(count, false)) / count;
        const copy = (await timeCopies(gpu, unknowns * 4, count)) / count;
        const label = `N = ${atoms}`;
        rows.push({ what: `${label}: matvecs`, value: 1 / seconds, unit: 'per s' });
        // The least traffic there can be: each unknown is read once and written once, as in a copy.
        rows.push({ what: `${label}: bandwidth`, value: (8e-9 * unknowns) / seconds, unit: 'GB/s' });
        rows.push({ what: `${label}: share of a copy`, value: copy / seconds, unit: '' });
      } finally {
        solver.destroy();
      }
    }
    return rows;
  },
};

/** As the lab does it: without a GPU, corrections are solved in float64 on the processor. */
const lambda1: Benchmark = {
  name: 'lambda_1',
  run: (gpu) => timeSlowModes(gpu, gpu.adapter.fallback),
};

/** By the GPU's kernels on any adapter: how many of their matvecs it takes. */
const lambda1Float32: Benchmark = {
  name: 'lambda_1, corrections in float32',
  run: (gpu) => timeSlowModes(gpu, false),
};

async function timeSlowModes(gpu: Gpu, onProcessor: boolean): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { atoms, drive, lambda1 } of points) {
    if (gpu.adapter.fallback && atoms > mostOnSoftware) continue;
    const began = performance.now();
    const solvers: GpuCorrectionSolver[] = [];
    const spectrum = await SlowSpectrum.of(systemParameters({ atoms, ratio: 15.5, drive }), {
      solver: (liouvillian) => {
        if (onProcessor) return new CpuCorrectionSolver(liouvillian, async () => {});
        solvers[0] ??= new GpuCorrectionSolver(gpu, liouvillian, never);
        return solvers[0];
      },
      onMatvecs: () => {},
      onBlocks: () => {},
      pause: async () => {},
    });
    const { re, error, matvecs } = await spectrum.slowMode({ tolerance: 1e-5 });
    const seconds = (performance.now() - began) / 1000;
    for (const solver of solvers) solver.destroy();
    if (lambda1 !== null && Math.abs(re - lambda1) > error + 1e-6 * lambda1) {
      throw new Error(`N = ${atoms}: lambda_1 = ${re} +- ${error}, but it is ${lambda1}.`);
    }
    const label = `N = ${atoms}, drive ${drive.toFixed(4)}`;
    rows.push({ what: `${label}: lambda_1 / gamma`, value: re, unit: `+- ${error.toExponential(1)}` });
    rows.push({ what: `${label}: matvecs`, value: matvecs, unit: '' });
    rows.push({ what: `${label}: time`, value: seconds, unit: 's' });
  }
  return rows;
}

export const liouvillianBenchmarks: readonly Benchmark[] = [matvec, lambda1, lambda1Float32];

/** The matvec against float64, before it is timed. */
async function check(solver: GpuCorrectionSolver, liouvillian: Liouvillian): Promise<void> {
  const x = Float32Array.from({ length: liouvillian.unknowns }, (_, i) => Math.sin(1.7 * i));
  const exact = new Float64Array(x.length);
  liouvillian.apply(Float64Array.from(x), exact);
  const values = await solver.apply('forward', x);
  const largest = exact.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = exact.reduce((most, value, i) => Math.max(most, Math.abs(value - values[i])), 0);
  if (!(worst < 1e-6 * largest)) throw new Error(`The matvec misses by ${worst / largest}.`);
}

/** Seconds for `count` copies of `bytes` from buffer to buffer. */
async function timeCopies(gpu: Gpu, bytes: number, count: number): Promise<number> {
  const memory = new Memory(gpu);
  const [from, to] = [memory.storage('from', bytes), memory.storage('to', bytes)];
  const { device } = gpu;
  try {
    const encoder = device.createCommandEncoder();
    for (let i = 0; i < count; i++) encoder.copyBufferToBuffer(from, 0, to, 0, bytes);
    await device.queue.onSubmittedWorkDone();
    const began = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    return (performance.now() - began) / 1000;
  } finally {
    memory.destroy();
  }
}
