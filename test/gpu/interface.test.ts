/** The result of each command has the fields that scripts rely on, with numbers in them; the adapter's where the page tests it. */
import { expect, test } from 'vitest';
import { inPage } from './in-page';

const run = (command: string, system: object, options: object = {}, engine = 'auto') =>
  inPage('test/gpu/kernels/client.ts', 'run', { command, system, options, engine });

const number = expect.any(Number);
const measured = { value: number, error: number };
const moments = {
  Sx: number,
  Sy: number,
  Sz: number,
  Sx2: number,
  Sy2: number,
  Sz2: number,
  squeezing: number,
};
const distributions = { Pm: Array(11).fill(number), Pj: Array(6).fill(number) };
const ten = { atoms: 10 };
const mean = (times: number) => ({ mean: Array(times).fill(number), error: Array(times).fill(number) });

const gap = {
  lambda1: measured,
  lambda2: { re: number, im: number, error: number },
  sector: 'symmetric',
  matvecs: number,
};
const state = { moments, crssFidelity: number, crssFidelityAllJ: number, ...distributions };

test('mean-field', async () => {
  const branch = { sz: number, sy: number, stable: expect.any(Boolean), squeezing: number };
  // Eq. (7) holds on the lower branch.
  const other = { ...branch, squeezing: null };
  expect(await run('mean-field', {})).toMatchObject({
    result: { branches: [branch, other, other], bistable: { from: number, to: number } },
  });
  expect(await run('mean-field', { atoms: 2 })).toMatchObject({
    result: { branches: [branch], bistable: null },
  });
});

test('steady-state', async () => {
  expect(await run('steady-state', ten)).toMatchObject({
    result: { moments, ...distributions, residual: number },
  });
});

test('gap', async () => {
  expect(await run('gap', ten)).toMatchObject({ result: gap });
});

test('metastable', async () => {
  expect(await run('metastable', ten)).toMatchObject({
    result: {
      ...gap,
      aPlus: number,
      aMinus: number,
      ratePlus: number,
      rateMinus: number,
      committor: { pPlus: number, ratePlus: number, rateMinus: number },
      plus: state,
      minus: state,
    },
  });
});

test('gap-scaling', async () => {
  const errors = { chiSquared: number };
  expect(await run('gap-scaling', { ratio: 9 }, { atoms: '12,14,16' })).toMatchObject({
    result: {
      points: [12, 14, 16].map((atoms) => ({ atoms, driveOverCritical: number, lambda1: measured })),
      fits: {
        powerLaw: { prefactor: measured, exponent: measured, ...errors },
        exponential: { prefactor: measured, rate: measured, ...errors },
      },
    },
  });
});

const adapter = {
  vendor: expect.any(String),
  architecture: expect.any(String),
  fallback: expect.any(Boolean),
};

test.each([
  { engine: 'gpu', adapter, threads: null },
  { engine: 'cpu', adapter: null, threads: number },
])('trajectories on the $engine', async (use) => {
  const options = { count: 256, time: 1, burnIn: 0.5, samples: 4 };
  expect(await run('trajectories', { atoms: 3 }, options, use.engine)).toMatchObject({
    ...use,
    result: {
      count: 256,
      time: 1,
      burnIn: 0.5,
      seed: 1,
      unraveling: expect.any(String),
      steady: { Sx: measured, Sy: measured, Sz: measured },
      Pm: Array(4).fill(measured),
      Pj: Array(2).fill(measured),
      series: { t: [0, 0.25, 0.5, 0.75, 1], Sz: mean(5) },
      jumps: { collectivePerTime: measured, individualPerTime: measured },
    },
  });
});

test('trajectories say when the burn-in has not forgotten the start, and errors without jumps as large as unseen trajectories may make them', async () => {
  const { warnings } = (await run('trajectories', ten, { count: 256, time: 2, burnIn: 1 })) as {
    warnings: string[];
  };
  expect(warnings).toContainEqual(expect.stringMatching(/^The burn-in of 1 has not forgotten the start/));
  const forgotten = (await run('trajectories', { atoms: 3 }, { count: 256, time: 30, burnIn: 20 })) as {
    warnings: string[];
  };
  expect(forgotten.warnings).not.toContainEqual(expect.stringContaining('forgotten'));
  // of what no trajectory did, 1 + sqrt(3/4) may have been missed at one standard deviation, each anywhere in the range
  const unseen = { value: number, error: (10 * (1 + Math.sqrt(3 / 4))) / 256 };
  expect(await run('trajectories', ten, { count: 256, time: 1e-6 })).toMatchObject({
    warnings: expect.arrayContaining([expect.stringMatching(/^Only 0 jumps were seen/)]),
    result: { steady: { Sz: unseen, Sy: unseen, squeezing: null }, series: { Sz: mean(201) } },
  });
});

test('trajectories by photodetection: photon counts, g2 and jumps, the same when a run is resumed', async () => {
  const asked = { time: 2, burnIn: 1, samples: 4, unraveling: 'photodetection' };
  const photons = { g2Time: 0.25, g2Bins: 5, records: 2 };
  const whole = (await run('trajectories', { atoms: 3 }, { ...asked, ...photons, count: 512 })) as {
    result: { photons: object; records: object };
  };
  const six = Array(6).fill(number);
  const record = { t: expect.any(Array), channel: expect.any(Array), missed: 0 };
  const fano = [0.5, 1].map((window) => ({ window, collective: measured, individual: measured }));
  expect(whole.result).toMatchObject({
    g2Time: 0.25,
    g2Bins: 5,
    photons: { fano: fano[1], fanoByWindow: fano, g2: { tau: six, mean: six, error: six } },
    records: [0, 1].map((trajectory) => ({ trajectory, ...record })),
  });
  const document = await run('trajectories', { atoms: 3 }, { ...asked, ...photons, count: 256 });
  const resume = { name: 'half.json', document };
  const resumed = (await run('trajectories', {}, { resume, count: 512 })) as typeof whole;
  expect(resumed.result.photons).toEqual(whole.result.photons);
  expect(resumed.result.records).toEqual(whole.result.records);
  await expect(run('trajectories', {}, { resume, count: 512, g2Bins: 7 })).rejects.toThrow('g2-bins');
});
