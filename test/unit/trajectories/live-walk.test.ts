/** The trajectory that is watched: the same digits however it is cut, and the master equation's averages. */
import { describe, expect, test } from 'vitest';
import { CpuCorrectionSolver } from '../../../src/liouvillian/cpu-correction';
import type { Liouvillian } from '../../../src/liouvillian/liouvillian';
import { SlowSpectrum } from '../../../src/liouvillian/slow-spectrum';
import { jumpRates } from '../../../src/operators/jump-rates';
import { magnetizationDistribution, spinDistribution } from '../../../src/operators/moments';
import { type SystemParameters, systemParameters } from '../../../src/parameters/system';
import { LiveWalk, type Stretch } from '../../../src/trajectories/live-walk';
import { someCommittor } from '../../some-committor';

const small = systemParameters({ atoms: 6, gamma1d: 2, gammaf: 1, omega: 1.6 });
const general = systemParameters({
  ...{ atoms: 5, gamma1d: 2, gammaf: 1, omega: 1.5, detuning: 0.7, collectiveShift: 0.2 },
  ...{ pumping: 0.3, dephasing: 0.4, collectivePumping: 0.1, collectiveDephasing: 0.2 },
});

const startOf = async (system: SystemParameters, interval = 0.1, seed = 5) => {
  const walk = new LiveWalk(seed);
  await walk.follow(system, interval, null);
  return walk;
};

/** All samples and jumps of stretches, with the times of the jumps in intervals since the one before the first sample. */
function joined(stretches: readonly Stretch[]) {
  let before = 0;
  const jumps: [number, number][] = [];
  for (const { Sz, jumps: own } of stretches) {
    for (const [i, at] of own.at.entries()) jumps.push([before + at, own.channel[i]]);
    before += Sz.length;
  }
  return {
    Sz: stretches.flatMap(({ Sz }) => Sz),
    j: stretches.flatMap(({ j }) => j),
    committor: stretches.flatMap(({ committor }) => committor ?? []),
    channels: jumps.map(([, channel]) => channel),
    times: jumps.map(([at]) => at),
  };
}

describe.each([
  ['real', small],
  ['complex', general],
] as const)('%s amplitudes', (_, system) => {
  test('the digits are the same however it is cut, and when the same system is followed anew the samples go on', async () => {
    const cuts = [64, 64, 64, 8];
    const others = [1, 1, 3, 60, 17, 50, 64, 4];
    const walks = await Promise.all([cuts, others].map(() => startOf(system)));
    for (const walk of walks) await walk.follow(system, 0.1, someCommittor(system.atoms, system === small));
    const [one, two] = [cuts, others].map((lengths, i) => lengths.map((length) => walks[i].walk(length)));
    const [a, b] = [joined(one), joined(two)];
    expect(a.Sz).toHaveLength(200);
    expect(a.Sz[0]).toBe(-system.atoms / 2);
    expect(a.committor).toHaveLength(200);
    expect(a.channels.length).toBeGreaterThan(50);
    expect(b).toEqual({ ...a, times: b.times });
    for (const [i, at] of b.times.entries()) expect(at).toBeCloseTo(a.times[i], 4);
    expect(two.at(-1)!.state).toEqual(one.at(-1)!.state);
    const Pm = (stretches: readonly Stretch[], i: number) =>
      stretches.reduce((sum, stretch) => sum + stretch.Sz.length * stretch.Pm[i], 0) / 200;
    for (let i = 0; i <= system.atoms; i++) expect(Pm(two, i)).toBeCloseTo(Pm(one, i), 5);
  });

  test('the state is the sample, and jumps lead from one j to the next', async () => {
    const walk = await startOf(system);
    let j = system.atoms / 2;
    for (let n = 0; n < 200; n++) {
      const stretch = walk.walk(1);
      const { block, re, im } = stretch.state;
      for (const channel of stretch.jumps.channel) j += [0, 0, -1, 1][channel & 3];
      expect([system.atoms / 2 - block, stretch.j[0]]).toEqual([j, j]);
      expect(re).toHaveLength(2 * j + 1);
      const weights = Array.from(re, (x, r) => x * x + (im?.[r] ?? 0) ** 2);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
      const Sz = weights.reduce((sum, weight, r) => sum + weight * (r - j), 0);
      expect(Sz).toBeCloseTo(stretch.Sz[0], 4);
      expect(stretch.jumps.at.filter((at) => !(at >= 0 && at <= 1))).toEqual([]);
    }
  });
});

/** Averages over batches of stretches, each with its standard error. */
function averages(walk: LiveWalk, atoms: number, batches: number, stretches: number) {
  const sums = Array.from({ length: batches }, () => {
    const Pm = new Float64Array(atoms + 1);
    const Pj = new Float64Array(Math.floor(atoms / 2) + 1);
    const jumps = new Float64Array(12);
    for (let n = 0; n < stretches; n++) {
      const stretch = walk.walk(64);
      stretch.Pm.forEach((value, i) => {
        Pm[i] += value / stretches;
      });
      for (const j of stretch.j) Pj[atoms / 2 - j] += 1 / (64 * stretches);
      for (const channel of stretch.jumps.channel) jumps[channel] += 1 / (64 * stretches);
    }
    return [...Pm, ...Pj, ...jumps];
  });
  return sums[0].map((_, i) => {
    const values = sums.map((sum) => sum[i]);
    const value = values.reduce((sum, x) => sum + x, 0) / batches;
    const square = values.reduce((sum, x) => sum + (x - value) ** 2, 0);
    return { value, error: Math.sqrt(square / (batches - 1) / batches) };
  });
}

/** P_m, P_j, and jumps of each channel in an interval. */
async function exactly(system: SystemParameters, interval: number): Promise<number[]> {
  const pause = async () => {};
  const solver = (liouvillian: Liouvillian) => new CpuCorrectionSolver(liouvillian, pause);
  const spectrum = await SlowSpectrum.of(system, { solver, onMatvecs: () => {}, onBlocks: () => {}, pause });
  const { rho } = await spectrum.steadyState(null, 1e-9);
  const { pyramid } = spectrum.liouvillian;
  const rates = jumpRates(system, pyramid, rho);
  const ofProcess = (of: typeof rates.pumping) =>
    [
      of?.collectivePerTime ?? 0,
      of?.individual.sameJ ?? 0,
      of?.individual.toLowerJ ?? 0,
      of?.individual.toHigherJ ?? 0,
    ].map((rate) => rate * interval);
  return [
    ...magnetizationDistribution(pyramid, rho),
    ...spinDistribution(pyramid, rho),
    ...[rates, rates.pumping, rates.dephasing].flatMap(ofProcess),
  ];
}

async function expectExact(walk: LiveWalk, system: SystemParameters, interval: number): Promise<void> {
  // What is left of the state before.
  for (let n = 0; n < 10; n++) walk.walk(64);
  const found = averages(walk, system.atoms, 60, 12);
  const truths = await exactly(system, interval);
  truths.forEach((truth, i) => {
    const { value, error } = found[i];
    expect(error, String(i)).toBeLessThan(0.03 * Math.max(truth, 0.3));
    expect(Math.abs(value - truth), `${i}: ${value} +- ${error} for ${truth}`).toBeLessThanOrEqual(
      4 * error + 1e-4,
    );
  });
}

describe('its averages are the steady state’s', () => {
  test('of Eq. (1), and after each change of the drive and the rates', async () => {
    const walk = await startOf(small);
    await expectExact(walk, small, 0.1);
    for (const change of [{ omega: 0.8 }, { omega: 3 }, { gammaf: 2 }, { pumping: 1, dephasing: 0.5 }]) {
      const system = systemParameters({ atoms: 6, gamma1d: 2, gammaf: 1, omega: 1.6, ...change });
      await walk.follow(system, 0.1, null);
      await expectExact(walk, system, 0.1);
    }
  });

  test('of the general model, on the way there from resonance and back', async () => {
    const walk = await startOf(small);
    walk.walk(64);
    const detuned = systemParameters({ atoms: 6, gamma1d: 2, gammaf: 1, omega: 1.6, detuning: 1 });
    for (const system of [detuned, small]) {
      await walk.follow(system, 0.1, null);
      await expectExact(walk, system, 0.1);
    }
    await walk.follow(general, 0.1, null);
    expect(walk.walk(1).Sz).toEqual([-general.atoms / 2]);
    await expectExact(walk, general, 0.1);
  });
});

describe('a change of the system', () => {
  test.each([
    ['the drive', { omega: 1 }],
    ['a detuning', { detuning: 2 }],
    ['pumping', { pumping: 1 }],
  ])('%s leaves the state as it was', async (_, change) => {
    const walk = await startOf(small, 1e-7);
    for (let n = 0; n < 3; n++) walk.walk(64);
    await walk.follow(small, 0.05, null);
    const { state } = walk.walk(60);
    const changed = systemParameters({ atoms: 6, gamma1d: 2, gammaf: 1, omega: 1.6, ...change });
    // In no time nothing happens.
    await walk.follow(changed, 1e-9, null);
    const next = walk.walk(1).state;
    expect(next.block).toBe(state.block);
    for (const [r, value] of next.re.entries()) expect(value).toBeCloseTo(state.re[r], 5);
    // And back, whatever its amplitudes have become.
    await walk.follow(small, 1e-9, null);
    const last = walk.walk(1).state;
    for (const [r, value] of last.re.entries()) expect(value).toBeCloseTo(state.re[r], 5);
  });

  test('another number of atoms begins in the ground state, and so does a restart, with other random numbers', async () => {
    const walk = await startOf(small);
    const first = walk.walk(64);
    walk.restart();
    const second = walk.walk(64);
    expect([first.Sz[0], second.Sz[0]]).toEqual([-3, -3]);
    expect(second.Sz).not.toEqual(first.Sz);
    await walk.follow({ ...small, atoms: 8 }, 0.1, null);
    expect(walk.walk(2).Sz[0]).toBe(-4);
  });
});
