import { expect, test } from 'vitest';
import { estimate, learned, modelSeconds, type Paces } from '../../src/experiments/cost';
import type { RunRequest } from '../../src/experiments/run';

const request = (command: string, options: RunRequest['options'] = {}, atoms = 18): RunRequest => ({
  command,
  system: { atoms, gamma1d: 10, gammaf: 1, drive: 0.73 },
  options,
});

test('the work grows with counts, times and N', () => {
  const exact = modelSeconds(request('trajectories', { count: 0, time: 1 }));
  const walk = (options: RunRequest['options']) => modelSeconds(request('trajectories', options)) - exact;
  expect(walk({ count: '2000', time: '10' }) / walk({ count: 1000, time: 10 })).toBeCloseTo(2, 10);
  expect(walk({ count: 1000, time: 20 }) / walk({ count: 1000, time: 10 })).toBeCloseTo(2, 10);
  expect(walk({ unraveling: 'photodetection' })).toBeGreaterThan(walk({}));
  for (const command of ['steady-state', 'gap', 'metastable', 'time-evolution'])
    expect(modelSeconds(request(command, {}, 54))).toBeGreaterThan(5 * modelSeconds(request(command)));
  const scaling = (atoms?: string) => modelSeconds(request('gap-scaling', { atoms }));
  expect(scaling('18,24,30')).toBeGreaterThan(scaling('18,24'));
  expect(scaling()).toBe(scaling('18,24,30,36,44,54'));
});

/** of one trajectory */
function secondsPerTime(system: RunRequest['system'], unraveling: string): number {
  const [none, some] = [0, 1e6].map((count) =>
    modelSeconds({ command: 'trajectories', system, options: { count, time: 1, unraveling } }),
  );
  return (some - none) / 1e6;
}

test('above the bistable region the dark port takes as long as it was measured to', () => {
  // 20,480/gamma of trajectory time in 3.16 s of one core
  const unit = secondsPerTime({ atoms: 54, ratio: 15.5, drive: 2 }, 'dark-port');
  expect(Math.abs(Math.log((unit * 20_480) / (3.16 / 2)))).toBeLessThan(Math.log(2));
});

test.each([
  // Trajectory time per second of two cores, the CPU engine, in the unit of the rates.
  { atoms: 18, gamma1d: 10, gammaf: 1, darkPort: 87_000, photodetection: 13_000, homodyne: 4_200 },
  { atoms: 54, gamma1d: 0.2925, gammaf: 0.7075, darkPort: 640_000, photodetection: 24_700, homodyne: 9_000 },
  { atoms: 200, gamma1d: 0.0779, gammaf: 0.9221, darkPort: 421_000, photodetection: 1_670, homodyne: 540 },
])(
  'trajectories take about what they were measured to: N = $atoms',
  ({ darkPort, photodetection, homodyne, ...rates }) => {
    const system = { ...rates, drive: 0.75 };
    for (const [unraveling, speed] of [
      ['dark-port', darkPort],
      ['photodetection', photodetection],
      ['homodyne', homodyne],
    ] as const) {
      expect(Math.abs(Math.log(secondsPerTime(system, unraveling) * speed)), unraveling).toBeLessThan(
        Math.log(2),
      );
    }
  },
);

test('a sweep takes what its points take; a point that will be refused takes nothing', () => {
  const one = request('steady-state');
  expect(estimate([one, one, one], {}).seconds).toBeCloseTo(3 * modelSeconds(one), 12);
  const refused = { ...one, system: { atoms: 10, ratio: 15.5, drive: 0.7 } };
  expect(estimate([one, refused], {}).seconds).toBe(modelSeconds(one));
});

test('a measured pace corrects the estimate of its command, and is a first guess for the others', () => {
  const gap = request('gap');
  const paces = learned({}, gap, 3 * modelSeconds(gap));
  const own = estimate([gap], paces);
  expect(own.measured).toBe(true);
  expect(own.seconds).toBeCloseTo(3 * modelSeconds(gap), 12);
  const other = estimate([request('steady-state')], paces);
  expect(other.measured).toBe(false);
  expect(other.seconds).toBeCloseTo(3 * modelSeconds(request('steady-state')), 12);
});

test('an estimate lies in its range, which is narrower where runs of its kind were timed', () => {
  const gap = request('gap');
  const width = (paces: Paces) => {
    const { range, seconds } = estimate([gap], paces);
    expect(range[0]).toBeLessThan(seconds);
    expect(range[1]).toBeGreaterThan(seconds);
    return range[1] / range[0];
  };
  expect(width(learned({}, gap, 1))).toBeLessThan(width(learned({}, request('steady-state'), 1)));
});

test('later runs count as much as all before them', () => {
  const gap = request('gap');
  const model = modelSeconds(gap);
  const paces = learned(learned({}, gap, model), gap, 4 * model);
  expect(paces.gap).toBeCloseTo(2, 12);
  expect(learned(paces, gap, 0)).toEqual(paces);
});
