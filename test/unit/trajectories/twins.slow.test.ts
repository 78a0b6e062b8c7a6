/** The CPU's walks, trajectory by trajectory, against the twins: another program for the same draws. */
import { describe, expect, test } from 'vitest';
import { darkPortChannels, expectTwins, twinRequest } from '../../expect-twins';
import { darkPortGeneral, general } from '../../general-twins';
import { ramps } from '../../ramp-twins';
import { tracesOnCpu } from './walk-on-cpu';

/** Of a trajectory's moments, in units of (N/2)^order: what float32 may cost, and float64 after the twin's own bisections. */
const allowed = { float32: 1e-4, float64: 1e-8 };

describe.each(['float32', 'float64'] as const)('%s', (precision) => {
  test.each([
    { system: { atoms: 18, gamma1d: 10, gammaf: 1, drive: 0.73 }, time: 2 },
    { system: { atoms: 5, gamma1d: 2, gammaf: 1, omega: 1.6 }, time: 5 },
    { system: { atoms: 7, gamma1d: 1, gammaf: 1, drive: 0.9 }, time: 5 },
    { system: { atoms: 1, gamma1d: 0.5, gammaf: 1, omega: 2 }, time: 5 },
    { system: { atoms: 54, ratio: 15.5, drive: 0.75 }, time: 10 },
    { system: { atoms: 54, ratio: 15.5, drive: 1.5 }, time: 1 },
  ])('the dark port follows its twins: %o', async (twins) => {
    const traces = await tracesOnCpu({ ...twinRequest(twins), unraveling: 'dark-port' }, precision);
    const jumps = expectTwins('dark-port', twins, traces, allowed[precision]);
    // The comparison means something only if every channel that the system has was taken: one atom keeps its j.
    const taken = twins.system.atoms === 1 ? [jumps[0]] : [jumps[0], jumps[2], jumps[3]];
    expect(Math.min(...taken)).toBeGreaterThan(0);
  });

  test.each(darkPortGeneral)('the dark port follows its twins in the general model: %o', async (twins) => {
    const request = twinRequest(twins);
    const traces = await tracesOnCpu({ ...request, unraveling: 'dark-port' }, precision);
    const jumps = expectTwins('dark-port', twins, traces, allowed[precision]);
    const taken = [...jumps.keys()].filter((channel) => jumps[channel] > 0);
    expect(taken).toEqual(darkPortChannels(request.system));
  });

  test.each([
    { system: { atoms: 18, gamma1d: 10, gammaf: 1, drive: 0.73 }, time: 2 },
    { system: { atoms: 5, gamma1d: 2, gammaf: 1, omega: 1.6 }, time: 5 },
    { system: { atoms: 7, gamma1d: 1, gammaf: 1, drive: 0.9 }, time: 5 },
    { system: { atoms: 1, gamma1d: 0.5, gammaf: 1, omega: 2 }, time: 5 },
    { system: { atoms: 54, ratio: 15.5, drive: 0.75 }, time: 1 },
  ])('photodetection follows its twins: %o', async (twins) => {
    const traces = await tracesOnCpu({ ...twinRequest(twins), unraveling: 'photodetection' }, precision);
    const jumps = expectTwins('photodetection', twins, traces, allowed[precision]);
    const channels = twins.system.atoms === 1 ? jumps.slice(0, 2) : jumps;
    expect(Math.min(...channels)).toBeGreaterThan(0);
  });

  test.each(ramps)('photodetection follows its twins under a ramp: %o', async (twins) => {
    const traces = await tracesOnCpu({ ...twinRequest(twins), unraveling: 'photodetection' }, precision);
    const jumps = expectTwins('photodetection', twins, traces, allowed[precision]);
    expect(Math.min(...jumps.slice(0, 4))).toBeGreaterThan(0);
  });

  test.each(general)('photodetection follows its twins in the general model: %o', async (twins) => {
    const traces = await tracesOnCpu({ ...twinRequest(twins), unraveling: 'photodetection' }, precision);
    const jumps = expectTwins('photodetection', twins, traces, allowed[precision]);
    expect(jumps.filter((taken) => taken > 0)).toHaveLength(twins.channels);
  });
});
