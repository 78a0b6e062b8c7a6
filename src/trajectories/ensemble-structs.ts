/** What `shaders/ensemble/ensemble.wgsl` shares with the host. Times are in the user's unit. */
import { atomicU32, constants, f32, Struct, u32, vec2u } from '../gpu/struct';
import type { SystemParameters } from '../parameters/system';
import { type Current, observablesOf } from './observables';

/** One dispatch of a batch's walk. Rows are those of RecordLayout and PhotonPlan. */
export const Ensemble = new Struct('Ensemble', {
  seed: vec2u,
  /** number of the batch's first trajectory (low, high word) */
  first: vec2u,
  /** in this batch */
  trajectories: u32,
  /** columns of the record: trajectories rounded up to whole blocks */
  capacity: u32,
  /** steps of each walker in this dispatch */
  steps: u32,
  /** sample times t = slot * interval, slot = 0 ... slots - 1 */
  slots: u32,
  /** samples before this slot stay out of the time averages */
  burnInSlots: u32,
  /** between samples */
  interval: f32,
  /** every jump of the batch's first so many trajectories is kept, where they are photons */
  recorded: u32,
  rowOfAverages: u32,
  rowOfJumps: u32,
  rowOfPm: u32,
  rowOfPj: u32,
  /** of photons; unused where the jumps are none */
  rowOfCounts: u32,
  rowOfIntensity: u32,
});

/** A walker's scalars between dispatches. */
export const Walker = new Struct('Walker', {
  /** index in the batch; `unassigned` before the first claim, `retired` after the last */
  trajectory: u32,
  /** Philox blocks, or events of them, drawn so far */
  event: u32,
  /** j = N/2 - block */
  block: u32,
  /** next sample */
  slot: u32,
  /** time left; counted down from `interval` anew for each sample, so that no error builds up */
  untilSample: f32,
  /** time left to the next event of the unravelling */
  untilEvent: f32,
  /** what the stored amplitudes are still to be multiplied by */
  scale: f32,
  /** steps walked, all trajectories together */
  steps: u32,
});

export const Queue = new Struct('Queue', {
  /** first trajectory that nobody has claimed */
  next: atomicU32,
  /** trajectories walked to the end */
  finished: atomicU32,
  /** samples recorded */
  samples: atomicU32,
  /** events that broke an invariant of the unravelling */
  alarms: atomicU32,
});

/** A walker that has claimed no trajectory yet, and one that found none left. */
export const unassigned = 0xffffffff;
const retired = 0xfffffffe;

/** What a kernel knows of a sample: the struct of its observables, and their values in the order of their rows. */
function recordDeclarations(system: SystemParameters, currents?: readonly Current[]): string {
  const names = observablesOf(system, currents);
  return [
    new Struct('Observables', Object.fromEntries(names.map((name) => [name, f32]))).wgsl,
    constants({ observables: names.length }),
    'fn valuesOf(o: Observables) -> array<f32, observables> {',
    `  return array<f32, observables>(${names.map((name) => `o.${name}`).join(', ')});`,
    '}',
  ].join('\n');
}

/** @param currents that are recorded */
export const ensembleDeclarations = (system: SystemParameters, currents?: readonly Current[]) =>
  [
    Ensemble.wgsl,
    Walker.wgsl,
    Queue.wgsl,
    recordDeclarations(system, currents),
    constants({ unassigned, retired }),
  ].join('\n');
