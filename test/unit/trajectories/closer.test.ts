/** A closer look at a trajectory is at the same trajectory. */
import { expect, test } from 'vitest';
import { nodeThreads } from '../../../src/command-line/threads';
import { type Ramp, rampOf } from '../../../src/parameters/ramp';
import { systemParameters } from '../../../src/parameters/system';
import { walkCloser } from '../../../src/trajectories/closer';
import { observables } from '../../../src/trajectories/observables';
import type { UnravelingName } from '../../../src/trajectories/unraveling-facts';
import { unravelings } from '../../../src/trajectories/unravelings';
import { walkOnCpu } from './walk-on-cpu';

const width = observables.length;
const parts = 20;

/** Figure 4's system, which switches; and one off resonance. */
const systems = {
  'on resonance': systemParameters({}),
  'off resonance': systemParameters({ atoms: 12, detuning: 0.3 }),
};

const cases = Object.entries(systems).flatMap(([name, system]) =>
  (['dark-port', 'photodetection'] as UnravelingName[]).map((unraveling) => ({
    ...{ name, system, unraveling },
    ramp: undefined as Ramp | undefined,
  })),
);
const underRamp = {
  name: 'under a ramp',
  system: systemParameters({ drive: 0.5 }),
  unraveling: 'photodetection' as UnravelingName,
  ramp: rampOf('0.3:0.5,5.2:1,6.1:0.6,6.1:0.8,19.3:1.2'),
};

test.each([...cases, underRamp])(
  '$unraveling $name: the ensemble’s own samples, and more between them',
  async ({ system, unraveling, ramp }) => {
    const settings = { system, ramp, seed: 5, time: 20, samples: 40 };
    const [{ traces, jumpRecords }] = await walkOnCpu({
      ...settings,
      ...{ unraveling, first: 0, count: 4, burnIn: 10, traces: 4 },
      photons: { g2Time: 0, g2Bins: 0, records: 4 },
    });
    for (const [trajectory, from, to] of [
      [0, 0, 3],
      [1, 10, 14],
      [3, 38, 40],
    ]) {
      const look = { trajectory, from, to, parts };
      const { trace, jumps } = await walkCloser(
        nodeThreads(1),
        { ...settings, unraveling: unravelings[unraveling] },
        look,
      );
      const wide = traces[trajectory].length / (settings.samples + 1);
      expect(trace).toHaveLength(wide * ((to - from) * parts + 1));
      for (let slot = from; slot <= to; slot++) {
        const [own, closer] = [
          traces[trajectory].subarray(slot * wide, (slot + 1) * wide),
          trace.subarray((slot - from) * parts * wide, ((slot - from) * parts + 1) * wide),
        ];
        // The first is the ensemble's own walk up to there; past it float32 rounds otherwise.
        if (slot === from) expect(closer).toEqual(own);
        else
          closer.forEach((value, i) => {
            expect(Math.abs(value - own[i]), `number ${i} at ${slot}`).toBeLessThan(1e-4 * system.atoms ** 2);
          });
      }
      expect(wide).toBeGreaterThanOrEqual(width);
      if (unraveling !== 'photodetection') {
        expect(jumps).toBeNull();
        continue;
      }
      const inWindow = (t: number) => t > from / 2 && t <= to / 2;
      const { t, channel } = jumpRecords[trajectory];
      const kept = t.map((time, i) => [time, channel[i]]).filter(([time]) => inWindow(time));
      expect(kept.length).toBeGreaterThan(5);
      expect(jumps!.t).toHaveLength(kept.length);
      expect(jumps!.missed).toBe(0);
      kept.forEach(([time, which], i) => {
        expect(Math.abs(jumps!.t[i] - time)).toBeLessThan(1e-4);
        expect(jumps!.channel[i]).toBe(which);
      });
    }
  },
);
