/** The CPU engine's blocks: the same bits for any number of threads, any start and any accident. */
import { describe, expect, test } from 'vitest';
import { nodeThreads } from '../../../src/command-line/threads';
import { systemParameters } from '../../../src/parameters/system';
import type { BlockThread, Threads } from '../../../src/trajectories/block-messages';
import { cpuEngine } from '../../../src/trajectories/cpu-engine';
import type { EnsembleProgress } from '../../../src/trajectories/engine';
import { observablesOf } from '../../../src/trajectories/observables';
import type { BatchSummary } from '../../../src/trajectories/summary';
import { UnravelingError, unravelingFacts } from '../../../src/trajectories/unraveling-facts';
import { expectSameBits } from '../../same-bits';
import { someCommittor } from '../../some-committor';
import { type Asked, requestOf, walkOnCpu } from './walk-on-cpu';

const system = systemParameters({ atoms: 6, gamma1d: 2, gammaf: 1, omega: 1.6 });
const asked: Asked = {
  unraveling: 'dark-port',
  system,
  seed: 2 ** 40 + 5,
  first: 2 ** 32 - 256,
  count: 4 * 256 + 10,
  time: 4,
  samples: 7,
  burnIn: 1,
  traces: 300,
  committor: someCommittor(system.atoms),
};
const photons = { g2Time: 1, g2Bins: 4, records: 3 };
const ensembles: readonly Asked[] = [
  asked,
  { ...asked, unraveling: 'photodetection', photons },
  { ...asked, unraveling: 'homodyne', detection: { phase: 1, efficiency: 0.5 } },
  { ...asked, unraveling: 'heterodyne' },
];
const never = new AbortController().signal;

async function collect(threads: Threads, request = requestOf(asked), signal = never) {
  const batches: BatchSummary[] = [];
  const progress: EnsembleProgress[] = [];
  for await (const batch of cpuEngine(threads).walk(request, signal, (made) => progress.push(made))) {
    batches.push(batch);
  }
  return { batches, progress };
}

describe.each(ensembles)('$unraveling', (ensemble) => {
  test('any number of threads leaves the same bits', async () => {
    const one = await walkOnCpu(ensemble, 1);
    expect(one.map(({ first, count }) => [first - ensemble.first, count])).toEqual([
      [0, 256],
      [256, 256],
      [512, 256],
      [768, 256],
      [1024, 10],
    ]);
    expectSameBits(await walkOnCpu(ensemble, 3), one);
  });

  test('what goes on from some blocks, or walks one alone, leaves the bits of the whole', async () => {
    const whole = await walkOnCpu(ensemble);
    expectSameBits(await walkOnCpu({ ...ensemble, done: 512 }), whole.slice(2));
    const alone = { ...ensemble, first: ensemble.first + 256, count: 256, traces: 0 };
    const [block] = await walkOnCpu(alone);
    expectSameBits({ ...block, jumpRecords: [], traces: [] }, { ...whole[1], jumpRecords: [], traces: [] });
  });

  test('a batch says the same in all its forms', async () => {
    const [batch] = await walkOnCpu(ensemble);
    const [{ mean, M2, least, most, count }] = batch.blocks;
    const own = batch.perTrajectory.map((values) => values[1]);
    const width = observablesOf(system, unravelingFacts[ensemble.unraveling].currents).length;
    const row = (ensemble.samples + 1) * width + 1;
    const average = own.reduce((sum, value) => sum + value, 0) / count;
    expect(mean[row]).toBeCloseTo(average, 5);
    const squares = own.reduce((sum, value) => sum + (value - average) ** 2, 0);
    expect(M2[row] / squares).toBeCloseTo(1, 4);
    expect([least[row], most[row]]).toEqual([Math.min(...own), Math.max(...own)]);
    for (let slot = 0; slot <= ensemble.samples; slot++) {
      const bins = batch.histogram.subarray(64 * slot, 64 * (slot + 1));
      expect(bins.reduce((sum, trajectories) => sum + trajectories, 0)).toBe(count);
      const Sz = batch.switching!.Sz.subarray(count * slot, count * (slot + 1));
      const below = Sz.filter((value) => value < 0).length;
      expect(bins.subarray(0, 32).reduce((sum, trajectories) => sum + trajectories, 0)).toBe(below);
      expect(batch.traces[7][width * slot + 1]).toBe(Sz[7]);
    }
  });
});

test('photons are counted alike in windows, in the jumps of each channel and in the records', async () => {
  const [batch] = await walkOnCpu(ensembles[1]);
  const { plan, perTrajectory } = batch.photons!;
  const lengths = plan.lengths.length;
  batch.perTrajectory.forEach((own, i) => {
    const [collective, ...individual] = own.slice(10);
    const all = (kind: number) => perTrajectory[i][2 * (kind * lengths + lengths - 1)];
    expect(all(0)).toBe(collective);
    expect(all(1)).toBe(individual.reduce((sum, jumps) => sum + jumps, 0));
  });
  expect(batch.jumpRecords.map(({ trajectory }) => trajectory - asked.first)).toEqual([0, 1, 2]);
  const begin = 2 * (4 / 7);
  batch.jumpRecords.forEach(({ t, channel, missed }, i) => {
    expect(missed).toBe(0);
    expect(t).toEqual([...t].sort((a, b) => a - b));
    const after = channel.filter((_, jump) => t[jump] > begin);
    const counts = [0, 1, 2, 3].map((kind) => after.filter((taken) => taken === kind).length);
    expect(counts).toEqual([...batch.perTrajectory[i].slice(10)]);
  });
});

test('progress rises to the whole', async () => {
  const { progress } = await collect(nodeThreads(2));
  const shares = progress.map(({ share }) => share);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(progress.at(-1)).toEqual({ trajectories: asked.count, share: 1 });
});

test('cancelling keeps what is finished and ends all threads', async () => {
  const controller = new AbortController();
  const alive = new Set<BlockThread>();
  const threads = watched(2, {
    started: (thread) => alive.add(thread),
    ended: (thread) => alive.delete(thread),
  });
  const whole = await walkOnCpu(asked);
  const batches: BatchSummary[] = [];
  for await (const batch of cpuEngine(threads).walk(requestOf(asked), controller.signal, () => {})) {
    batches.push(batch);
    controller.abort();
  }
  expect(batches.length).toBeGreaterThan(0);
  expect(batches.length).toBeLessThan(whole.length);
  expect(batches).toEqual(whole.slice(0, batches.length));
  expect(alive.size).toBe(0);
  const aborted = await collect(threads, requestOf(asked), AbortSignal.abort());
  expect(aborted.batches).toEqual([]);
});

/** Node's threads, of which somebody hears. */
function watched(
  count: number,
  { started, ended }: { started: (thread: BlockThread) => void; ended?: (thread: BlockThread) => void },
): Threads {
  const { start } = nodeThreads(count);
  return {
    count,
    start: (listener) => {
      const thread = start(listener);
      const terminate = thread.terminate.bind(thread);
      thread.terminate = () => {
        ended?.(thread);
        return terminate();
      };
      started(thread);
      return thread;
    },
  };
}

test('a thread that is killed loses nothing: its block is walked again', async () => {
  let kills = 2;
  const threads = watched(2, {
    started: (thread) => {
      const post = thread.postMessage.bind(thread);
      thread.postMessage = (message) => {
        post(message);
        // As the operating system does it: the pool hears of it by the thread's end alone.
        if (message.kind === 'walk' && kills-- > 0) thread.terminate();
      };
    },
  });
  expect((await collect(threads)).batches).toEqual(await walkOnCpu(asked));
  expect(kills).toBeLessThan(0);
});

test('threads that always die end the walk with an error that says where', async () => {
  let started = 0;
  const threads = watched(1, {
    started: (thread) => {
      started++;
      const post = thread.postMessage.bind(thread);
      thread.postMessage = (message) => {
        if (message.kind === 'walk') thread.terminate();
        else post(message);
      };
    },
  });
  const request = requestOf({ ...asked, first: 512, count: 256 });
  await expect(collect(threads, request)).rejects.toThrow(
    '3 threads ended while they walked trajectories 512 to 767: the thread ended',
  );
  expect(started).toBe(3);
});

test('threads that cannot be started end the walk with their cause', async () => {
  const cause = new Error('no more threads');
  const threads = {
    count: 2,
    start: () => {
      throw cause;
    },
  };
  await expect(collect(threads)).rejects.toMatchObject({ name: 'ThreadError', cause });
});

test('what an unravelling objects to ends the walk in its turn: the blocks before it are kept', async () => {
  const whole = await walkOnCpu(asked);
  const steps: number[] = [];
  const { judge, ...unraveling } = requestOf(asked).unraveling;
  const listening = {
    ...unraveling,
    judge: (alarms: number, walked: number) => {
      steps.push(walked);
      judge(alarms, walked);
    },
  };
  await collect(nodeThreads(1), { ...requestOf(asked), unraveling: listening });
  const objecting = {
    ...unraveling,
    judge: (_alarms: number, walked: number) => {
      if (walked === steps[2]) throw new UnravelingError(`${walked} steps`);
    },
  };
  const kept: BatchSummary[] = [];
  const walk = async () => {
    const request = { ...requestOf(asked), unraveling: objecting };
    for await (const batch of cpuEngine(nodeThreads(3)).walk(request, never, () => {})) kept.push(batch);
  };
  await expect(walk()).rejects.toThrow(`${steps[2]} steps`);
  expect(kept).toEqual(whole.slice(0, 2));
});

test('more than WebAssembly can hold is said before anything walks', async () => {
  const request = requestOf({ ...asked, samples: 1_000_000 });
  await expect(collect(nodeThreads(1), request)).rejects.toThrow('take fewer samples');
});
