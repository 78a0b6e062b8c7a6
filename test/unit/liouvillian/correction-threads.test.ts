/** Threads that share a correction: as many as there are, late ones and dead ones, the numbers are the same to the last bit. */
import { expect, test } from 'vitest';
import { nodeThreads } from '../../../src/command-line/threads';
import type { CorrectionEquation } from '../../../src/liouvillian/correction';
import {
  CorrectionTeam,
  type CorrectionThread,
  type CorrectionThreadListener,
  type CorrectionThreads,
} from '../../../src/liouvillian/correction-threads';
import { CpuCorrectionSolver } from '../../../src/liouvillian/cpu-correction';
import { Liouvillian } from '../../../src/liouvillian/liouvillian';
import { systemParameters } from '../../../src/parameters/system';
import { expectSameBits } from '../../same-bits';
import { runWithoutGpu } from '../run-without-gpu';

const atoms = 90;
const liouvillian = new Liouvillian(systemParameters({ atoms, ratio: 15.5, drive: 0.75 }));
const pattern = (phase: number) =>
  Float64Array.from({ length: liouvillian.unknowns }, (_, i) => Math.sin(phase + 1.7 * i));

const equation = (direction: CorrectionEquation['direction'], p: number): CorrectionEquation => ({
  direction,
  theta: p === 1 ? [0.4] : [0.4, 0.1, -0.1, 0.4],
  deflations: Array.from({ length: p + 1 }, (_, d) => ({ image: pattern(d), functional: pattern(5 + d) })),
  deflationRate: 0.5,
  rhs: Array.from({ length: p }, (_, k) => pattern(9 + k)),
  reduction: 1e-3,
  mostMatvecs: 200,
});
const equations = [equation('forward', 1), equation('transposed', 2), equation('forward', 1)];

/** Threads whose coming and going is seen. */
function watched(threads: CorrectionThreads) {
  const seen = { started: 0, ready: 0, ended: 0 };
  const start = ({ heard, died }: CorrectionThreadListener): CorrectionThread => {
    seen.started++;
    const thread = threads.start({
      heard: (message) => {
        seen.ready++;
        heard(message);
      },
      died,
    });
    return {
      postMessage: (message) => thread.postMessage(message),
      terminate: () => {
        seen.ended++;
        return thread.terminate();
      },
    };
  };
  return { threads: { count: threads.count, start }, seen };
}

const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

async function solveAll(threads: CorrectionThreads | null, pause: () => Promise<void>) {
  const solver = new CpuCorrectionSolver(liouvillian, pause, threads);
  try {
    const solutions = [];
    for (const one of equations) solutions.push(await solver.solve(one));
    return solutions;
  } finally {
    solver.close();
  }
}

const alone = await solveAll(null, async () => {});

test('one thread gets somewhere', () => {
  for (const { reduction, matvecs } of alone) {
    expect(reduction).toBeLessThan(0.9);
    expect(matvecs).toBeGreaterThan(0);
  }
});

test.each([1, 2, 3])('%i threads', async (count) => {
  const { threads, seen } = watched(nodeThreads(count).corrections);
  // The first cycles are done before the others come, all later ones with them.
  const solutions = await solveAll(threads, async () => {
    while (seen.ready < count - 1) await turn();
  });
  expectSameBits(solutions, alone);
  expect(seen).toEqual({ started: count - 1, ready: count - 1, ended: count - 1 });
});

test('a thread that ends between two cycles', async () => {
  const ending: CorrectionThread[] = [];
  const node = nodeThreads(3).corrections;
  const { threads, seen } = watched({
    count: 3,
    start: (listener) => {
      const thread = node.start(listener);
      ending.push(thread);
      return thread;
    },
  });
  let cycles = 0;
  const solutions = await solveAll(threads, async () => {
    while (seen.ready < 2) await turn();
    if (++cycles === 5) await ending[0].terminate();
  });
  expectSameBits(solutions, alone);
  expect(seen.ended).toBe(2);
});

test('a thread that is waited for and never comes', async () => {
  const { threads, seen } = watched({
    count: 2,
    start: ({ heard }) => ({ postMessage: () => setTimeout(() => heard('ready'), 0), terminate: () => {} }),
  });
  const solutions = await solveAll(threads, async () => {
    while (seen.ready < 1) await turn();
  });
  expectSameBits(solutions, alone);
  expect(seen.ended).toBe(1);
});

test('a thread that cannot start', async () => {
  const { threads, seen } = watched({
    count: 2,
    start: ({ died }) => ({ postMessage: () => setTimeout(died, 0), terminate: () => {} }),
  });
  expectSameBits(await solveAll(threads, turn), alone);
  expect(seen).toEqual({ started: 1, ready: 0, ended: 1 });
});

test('those are called that have come, in their order, and none once they are stopped', () => {
  const listeners: CorrectionThreadListener[] = [];
  const start = (listener: CorrectionThreadListener) => {
    listeners.push(listener);
    return { postMessage: () => {}, terminate: () => {} };
  };
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  const team = new CorrectionTeam({ count: 4, start }, 4, module, memory);
  const sizes = [team.size];
  for (const number of [2, 1, 3]) {
    listeners[number - 1].heard('ready');
    sizes.push(team.size);
  }
  listeners[1].died();
  sizes.push(team.size);
  listeners[0].heard('ready');
  sizes.push(team.size);
  expect(sizes).toEqual([1, 1, 3, 4, 1, 1]);
});

test('a run that is cancelled leaves none behind', async () => {
  const node = nodeThreads(2);
  const { threads, seen } = watched(node.corrections);
  const controller = new AbortController();
  const running = runWithoutGpu(
    'gap',
    { atoms, ratio: 15.5, drive: 0.75 },
    {},
    {
      threads: { ...node, corrections: threads },
      signal: controller.signal,
      tell: () => {
        if (seen.ready > 0) controller.abort();
      },
    },
  );
  await expect(running).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  expect(seen).toEqual({ started: 1, ready: 1, ended: 1 });
});

test('a small system takes none', async () => {
  const small = new Liouvillian(systemParameters({ atoms: 21 }));
  const { threads, seen } = watched(nodeThreads(8).corrections);
  const solver = new CpuCorrectionSolver(small, turn, threads);
  await solver.solve({
    ...equation('forward', 1),
    deflations: [],
    rhs: [Float64Array.from(small.weights)],
  });
  solver.close();
  expect(seen.started).toBe(0);
});
