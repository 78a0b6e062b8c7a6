/** What the GPU's photodetection counts, against the quantum regression theorem. */
import { expect } from 'vitest';
import type { SystemParameters } from '../../src/parameters/system';
import type { JumpRecord } from '../../src/trajectories/jump-records';
import { exactCorrelation } from '../photon-correlation';
import { inPage } from './in-page';

interface Estimate {
  value: number;
  error: number;
}

export interface Counted {
  fano: { window: number; collective: Estimate | null; individual: Estimate | null }[];
  g2: Estimate[] | null;
  jumpRecords: JumpRecord[];
}

interface Counting {
  system: SystemParameters;
  count: number;
  time: number;
  burnIn: number;
  samples: number;
  /** delay bins and their width */
  bins: number;
  width: number;
}

function expectWithin({ value, error }: Estimate, truth: number, what: string) {
  expect(Math.abs(value - truth), `${what}: ${value} +- ${error} for ${truth}`).toBeLessThanOrEqual(
    4 * error,
  );
}

/** g2 and Fano factors within 4 errors. */
export async function expectPhotonsOnGpu({ system, bins, width, ...walk }: Counting): Promise<void> {
  const photons = { g2Time: bins * width, g2Bins: bins, records: 0 };
  const request = { ...walk, system, seed: 5, first: 0, traces: 0, photons };
  const { g2, fano } = await inPage<Counted>('test/gpu/kernels/ensemble.ts', 'walkPhotons', request);
  const exact = exactCorrelation(system, bins, width);
  if (g2 === null) throw new Error('no g2');
  expectWithin(g2[0], exact.atZero, 'g2(0)');
  exact.g2.forEach((truth, k) => {
    expectWithin(g2[k + 1], truth, `g2 of delay bin ${k}`);
  });
  let compared = 0;
  for (const { window, collective } of fano) {
    const k = Math.round(window / width);
    if (k > bins || collective === null) continue;
    expectWithin(collective, exact.fano[k - 1], `Fano factor in windows of ${window}`);
    compared++;
  }
  expect(compared).toBeGreaterThan(1);
}
