/** One trajectory of an ensemble walked again, with finer samples towards its end: what the eye wants to see between two samples. */

import type { Threads } from './block-messages';
import { BlockPool } from './block-pool';
import { BlockProgram } from './block-program';
import type { JumpRecord } from './jump-records';
import type { EnsembleRequest } from './request';

/** Of an ensemble's sample times slot * time / samples. */
export interface CloserLook {
  /** number of the trajectory among the seed's */
  readonly trajectory: number;
  /** samples at which it begins and ends */
  readonly from: number;
  readonly to: number;
  /** finer intervals to each of those between samples */
  readonly parts: number;
}

export interface CloserWalk {
  /** [slot * observables + observable], from `from` to `to` */
  readonly trace: Float32Array;
  /** every jump in that time, where jumps are photons; times in that of the ensemble */
  readonly jumps: JumpRecord | null;
}

/**
 * On the CPU. Up to `from` it is the ensemble's own walk there, bit by bit: its sample times go by, unrecorded. Past that the
 * random numbers are the same and float32 rounds otherwise, for a state is taken on from sample to sample.
 */
export async function walkCloser(
  threads: Threads,
  ensemble: Pick<
    EnsembleRequest,
    'system' | 'unraveling' | 'detection' | 'seed' | 'time' | 'samples' | 'committor' | 'ramp'
  >,
  { trajectory, from, to, parts }: CloserLook,
): Promise<CloserWalk> {
  const interval = ensemble.time / ensemble.samples;
  const request: EnsembleRequest = {
    ...ensemble,
    ...{ first: trajectory, count: 1, traces: 1, burnIn: 0 },
    time: (to - from) * interval,
    samples: (to - from) * parts,
    photons: { g2Time: 0, g2Bins: 0, records: 1 },
  };
  const program = await BlockProgram.of(request, 'float32', { slots: from, interval });
  const pool = new BlockPool(threads, program);
  try {
    const { photons } = ensemble.unraveling;
    const job = { first: trajectory, count: 1, traces: 1, records: photons ? 1 : 0 };
    const { traces, jumpRecords } = program.summaryOf(job, await pool.walk(job, () => {}));
    return { trace: traces[0], jumps: photons ? laterThan(jumpRecords[0], from * interval) : null };
  } finally {
    pool.stop();
  }
}

/** Jumps after the first sample recorded, from which their times count: those since the sample before it are there too. */
function laterThan(record: JumpRecord, begin: number): JumpRecord {
  const [t, channel] = [record.t, record.channel].map((all) => all.filter((_, jump) => record.t[jump] > 0));
  return { ...record, t: t.map((time) => begin + time), channel };
}
