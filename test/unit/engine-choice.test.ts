/** Which engine a run computes on: what was asked for, what there is, and what is left when devices are lost. */
import { expect, test } from 'vitest';
import { nodeThreads } from '../../src/command-line/threads';
import type { Host } from '../../src/experiments/engine-choice';
import type { RunEvent } from '../../src/experiments/run';
import { DeviceLostError, type Gpu, NoAdapterError } from '../../src/gpu/gpu';
import { runWithoutGpu } from './run-without-gpu';

const small = { count: 300, time: 1, burnIn: 0.5, samples: 4 };

/** A run on a host whose GPU fails in its own way, what it told, and how often and for what the GPU was asked. */
async function ran(command: string, engine: string | undefined, fail: () => Error) {
  const events: RunEvent[] = [];
  const asked: Parameters<Host['gpu']>[0][] = [];
  const options = command === 'trajectories' ? small : {};
  const document = await runWithoutGpu(command, { atoms: 3 }, options, {
    tell: (event) => events.push(event),
    threads: nodeThreads(3),
    engine,
    gpu: (need) => {
      asked.push(need);
      return Promise.reject(fail());
    },
  });
  const engines = events.filter(({ kind }) => kind === 'engine');
  return { document, engines, asked };
}

const none = () => new NoAdapterError('none here');
const lost = () => new DeviceLostError('gone.');
const cpu = { engine: 'cpu', adapter: null, threads: 3 };

test.each([undefined, 'auto'])('without a GPU the CPU computes, and it is told why: %s', async (engine) => {
  const { document, engines, asked } = await ran('trajectories', engine, none);
  expect(document).toMatchObject({ ...cpu, warnings: expect.anything(), result: { count: 300 } });
  expect(engines).toEqual([{ kind: 'engine', ...cpu, why: 'none here' }]);
  // Software will not do.
  expect(asked).toEqual(['hardware']);
});

test('who asks for the CPU, and what is of the CPU alone, asks for no GPU', async () => {
  const { document, engines, asked } = await ran('trajectories', 'cpu', none);
  expect(document).toMatchObject({ ...cpu, result: { count: 300 } });
  expect({ engines, asked }).toEqual({ engines: [], asked: [] });
  const alone = await ran('mean-field', undefined, none);
  expect(alone.document).toMatchObject({ ...cpu, threads: 1, warnings: [] });
  expect(alone.asked).toEqual([]);
  const { document: warned } = await ran('time-evolution', 'gpu', none);
  expect(warned.warnings).toEqual(['No GPU is asked: time-evolution is computed on the CPU alone.']);
});

test('who asks for a GPU gets any, or none and the reason', async () => {
  for (const command of ['trajectories', 'gap', 'adapter'])
    await expect(ran(command, 'gpu', none)).rejects.toThrow(new NoAdapterError('none here'));
  await expect(ran('adapter', undefined, none)).rejects.toThrow(NoAdapterError);
  await expect(ran('adapter', 'cpu', none)).rejects.toThrow(
    /^--engine must be auto or gpu: adapter is of a GPU/,
  );
  await expect(ran('gap', 'tpu', none)).rejects.toThrow('--engine must be one of auto, gpu, cpu');
});

test('where devices are lost again and again the CPU goes on, unless a GPU was asked for', async () => {
  const { document, asked } = await ran('trajectories', 'auto', lost);
  expect(document).toMatchObject({ ...cpu, result: { count: 300 } });
  expect(document.warnings[0]).toBe(
    'The GPU device was lost 3 times in a row, the last time so: gone. The CPU engine goes on.',
  );
  expect(asked).toEqual(['hardware', 'hardware', 'hardware']);
  const alike = await ran('trajectories', 'cpu', none);
  expect(document.result).toEqual(alike.document.result);
  await expect(ran('trajectories', 'gpu', lost)).rejects.toThrow(DeviceLostError);
});

test('a GPU that was asked for and not needed is told of', async () => {
  const adapter = { vendor: 'maker', architecture: 'kind', description: 'card', fallback: false };
  const gpu = async () => ({ adapter }) as Gpu;
  const document = await runWithoutGpu('gap', { atoms: 3 }, {}, { engine: 'gpu', gpu });
  expect(document).toMatchObject({ engine: 'cpu', adapter: null });
  expect(document.warnings).toContain('No GPU was used: the CPU did all that there was to do.');
});

test('a run is stopped while a driver does not answer', async () => {
  const controller = new AbortController();
  const gpu = () => {
    setTimeout(() => controller.abort());
    return new Promise<never>(() => {});
  };
  for (const engine of ['auto', 'gpu']) {
    const stopped = runWithoutGpu('trajectories', { atoms: 3 }, small, {
      engine,
      gpu,
      signal: controller.signal,
    });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
  }
});
