/** Homodyne and heterodyne detection on the CPU: against their twins, the master equation, and what an efficiency may change. */
import { describe, expect, test } from 'vitest';
import { expectTwins, twinRequest } from '../../expect-twins';
import { general } from '../../general-twins';
import { tracesOnCpu } from './walk-on-cpu';

/** Of a trajectory's moments, in units of (N/2)^order. */
const allowed = { float32: 1e-4, float64: 1e-8 };

describe.each(['homodyne', 'heterodyne'] as const)('%s', (unraveling) => {
  describe.each(['float32', 'float64'] as const)('%s', (precision) => {
    test.each([
      { system: { atoms: 18, gamma1d: 10, gammaf: 1, drive: 0.73 }, time: 0.1 },
      { system: { atoms: 5, gamma1d: 2, gammaf: 1, omega: 1.6 }, time: 2 },
      // Amplitudes that homodyne detection leaves real.
      { system: { atoms: 18, gamma1d: 10, gammaf: 1, drive: 0.73 }, time: 0.1, phase: Math.PI / 2 },
      { system: { atoms: 5, gamma1d: 2, gammaf: 1, omega: 1.6, pumping: 0.3 }, time: 2, phase: -Math.PI / 2 },
      { system: { atoms: 1, gamma1d: 0.5, gammaf: 1, omega: 2 }, time: 3 },
      { ...general[1], time: 0.5 },
      { ...general[4], time: 2 },
      { ...general[7], time: 2 },
    ])('follows its twins: %o', async (twins) => {
      const traces = await tracesOnCpu({ ...twinRequest(twins), unraveling }, precision);
      const jumps = expectTwins(unraveling, twins, traces, allowed[precision]);
      expect(jumps.filter((taken) => taken > 0).length).toBeGreaterThan(0);
      expect(jumps[0]).toBe(0);
    });
  });
});
