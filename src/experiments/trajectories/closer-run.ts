/** A trajectory that an ensemble kept, walked again with finer samples about some time of it. */
import { rampOf } from '../../parameters/ramp';
import { inUnit, ownUnit, type SystemParameters, sameSystem } from '../../parameters/system';
import { walkCloser } from '../../trajectories/closer';
import type { Detection } from '../../trajectories/detection';
import type { JumpRecord } from '../../trajectories/jump-records';
import { missing } from '../../trajectories/observables';
import type { UnravelingName } from '../../trajectories/unraveling-facts';
import { unravelings } from '../../trajectories/unravelings';
import type { LentThreads } from '../engine-choice';
import type { RunContext } from '../experiment';
import { theory } from './theory';
import type { Trace } from './trajectories-result';
import { traceOf } from './trajectory-trace';

/** Times in the inverse unit of the rates. */
export interface CloserRequest {
  readonly parameters: SystemParameters;
  readonly unraveling: UnravelingName;
  readonly detection: Detection;
  readonly seed: number;
  /** among the seed's */
  readonly trajectory: number;
  readonly time: number;
  readonly samples: number;
  readonly ramp?: string | undefined;
  /** from which of these samples to which, and finer intervals to each between them */
  readonly from: number;
  readonly to: number;
  readonly parts: number;
  /** whether the ensemble has a committor */
  readonly committor: boolean;
}

export interface Closer {
  readonly trace: Trace;
  /** where jumps are photons */
  readonly jumps: Pick<JumpRecord, 't' | 'channel'> | null;
}

/** Of the system that was looked at last: its slow mode takes longer than the walk. */
let known:
  | { readonly system: SystemParameters; readonly committor: Promise<Float64Array | null> }
  | undefined;

export async function lookCloser(request: CloserRequest, threads: LentThreads): Promise<Closer> {
  const { parameters, detection, seed, time, samples, from, to, parts } = request;
  const ramp = request.ramp === undefined ? undefined : rampOf(request.ramp);
  const unit = ownUnit(parameters);
  const system = inUnit(parameters, unit);
  if (known === undefined || !sameSystem(known.system, system))
    known = { system, committor: committorOf(system, threads, unit) };
  const committor = request.committor ? await known.committor : null;
  const unraveling = unravelings[request.unraveling];
  await unraveling.setUp?.(system, async () => {});
  const ensemble = {
    ...{ system, unraveling, detection, seed, committor, time: time * unit, samples },
    ramp: ramp && { ...ramp, t: ramp.t.map((t) => t * unit) },
  };
  const { trace, jumps } = await walkCloser(threads, ensemble, request);
  const lacking = missing({
    'one CRSS': system.gamma1D > 0 && ramp === undefined,
    'slow mode': committor !== null,
  });
  const begin = (from * time) / samples;
  const own = {
    ...{ unraveling: request.unraveling, phase: detection.phase },
    ...{ time: ((to - from) * time) / samples, samples: (to - from) * parts },
  };
  const { t, ...values } = traceOf(system, own, lacking, trace);
  return {
    trace: { ...values, t: t.map((since) => begin + since) },
    jumps: jumps && { ...jumps, t: jumps.t.map((at) => at / unit) },
  };
}

async function committorOf(system: SystemParameters, threads: LentThreads, unit: number) {
  const context: RunContext = {
    gpu: async () => null,
    leaveGpu: () => true,
    threads,
    signal: new AbortController().signal,
    onProgress: () => {},
    onPartial: () => {},
    unit,
    warn: () => {},
  };
  try {
    const { slow } = await theory(system, null, context);
    return slow?.committor ?? null;
  } catch (error) {
    known = undefined;
    throw error;
  }
}
