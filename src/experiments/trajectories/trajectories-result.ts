/** What an ensemble's run returns: everything known of the finished trajectories. */
import * as v from 'valibot';
import { checkpointSchema } from '../../statistics/checkpoint';
import { observables, traced } from '../../trajectories/observables';
import { starts } from '../../trajectories/unraveling-facts';
import {
  aside,
  type Fields,
  fieldsOf,
  group,
  list,
  measured,
  number,
  numbers,
  opaque,
  optional,
  orNull,
  over,
  type ResultOf,
  series,
  text,
} from '../fields';
import { hysteresisField } from '../ramps/hysteresis';
import { rampCrossingsField } from '../ramps/ramp-crossings';
import { forEachComplexObservable, forEachCurrent, forEachObservable } from './observable-fields';
import { photonFields } from './photon-counting';
import { ends } from './stop-rules';
import { exactFields, jumpFields, paperFields, predictedFields } from './theory-fields';
import { ensembleSettings, trajectoryTable } from './trajectory-table';

/** Out of "+" and out of "-", per unit of time. */
const rates = { ratePlus: measured('rate'), rateMinus: measured('rate') };

/** One trajectory, sample by sample, as in the paper's figure 4. */
export const traceFields = {
  t: numbers('1/rate'),
  ...forEachObservable(numbers(), traced),
  /** off resonance and with a collective shift: else it is 0 */
  Sx: optional(numbers()),
  /** <S_+ S_-> of the trajectory's own state; what an older result left unsaid */
  intensity: optional(numbers()),
  /** <X> of homodyne detection's quadrature, and the currents that were recorded */
  quadrature: optional(numbers()),
  ...forEachCurrent(numbers('rate^1/2')),
  /** xi^2 of the trajectory's own state; null where its mean spin vanishes */
  squeezing: list(orNull(number())),
} as const satisfies Fields;
export type Trace = ResultOf<typeof traceFields>;

/** Of every observable that may be recorded. */
const averages = {
  ...forEachComplexObservable(measured()),
  ...forEachCurrent(measured('rate^1/2')),
  Sx: measured(),
  ...forEachObservable(measured(), observables),
} as const satisfies Fields;

/** Everything of the finished trajectories; the statistics are null until a first batch has finished. */
export const trajectoryFields = {
  /** trajectories finished */
  count: number(),
  /** what ended the run; null while it goes on (and in what a killed run left) */
  stoppedBy: orNull(text(ends)),
  ...fieldsOf(trajectoryTable, ensembleSettings),
  /** of the detector; what a release without one left unsaid */
  phase: optional(number()),
  efficiency: optional(number()),
  /** seed of all trajectories and number of the first; null where several ranges were merged */
  seed: orNull(number()),
  first: orNull(number()),
  /** which trajectories, where several ranges were merged */
  ranges: optional(list(group({ seed: number(), first: number(), count: number() }))),
  start: text(starts),
  /** what walked them, by name: several where a run went on on another engine, or results of several were merged */
  engines: opaque(v.array(v.string('a name'), 'a list')),
  /** jumps of which truncation to the kept modes lost the channel (dark port), in all that were walked */
  alarms: number(),
  /** time and ensemble averages after the burn-in; squeezing is that of the averaged state. Null under a ramp, as P_m and P_j */
  steady: orNull(group({ ...averages, squeezing: orNull(measured()) })),
  /** diffusive: the same of the range's first 256 trajectories with steps four times as long, which err 16 times as much; null else */
  longerSteps: optional(orNull(aside(averages))),
  /** ... and what the averages' own steps err by according to these, to be taken off them */
  stepError: optional(orNull(group(averages))),
  /** from m = -N/2 up */
  Pm: orNull(over('m', measured())),
  /** from j = N/2 down */
  Pj: orNull(over('j', measured())),
  series: orNull(
    series({
      t: numbers('1/rate'),
      /** Omega/Omega_c of a ramp, after its jumps */
      drive: optional(numbers()),
      ...forEachObservable(group({ mean: numbers(), error: numbers() }), observables),
      ...forEachComplexObservable(group({ mean: numbers(), error: numbers() })),
      ...forEachCurrent(group({ mean: numbers('rate^1/2'), error: numbers('rate^1/2') })),
    }),
  ),
  /** of a ramp that goes up and comes back */
  hysteresis: hysteresisField,
  /** of a ramp that turns once at most */
  rampCrossings: rampCrossingsField,
  traces: list(series(traceFields)),
  /** photon statistics; null where the jumps are not photons (dark port) */
  photons: orNull(group(photonFields)),
  /** every jump of the first trajectories, as many as were asked for */
  records: list(series({ trajectory: number(), t: numbers('1/rate'), channel: numbers(), missed: number() })),
  /** trajectories by time and <S_z>, [time][bin], in equal bins of the range from -N/2 to N/2 */
  density: orNull(series({ t: numbers('1/rate'), from: number(), to: number(), counts: list(numbers()) })),
  /**
   * after the burn-in; `individualPerTime` counts all atoms together. The dark port's jumps are not photons: its
   * rates come from the moments, gamma_1D <S_+ S_-> and gamma_F (N/2 + <S_z>), but for the changes of j. So for pumping and dephasing.
   */
  jumps: orNull(jumpFields(measured('rate'))),
  /** by the committor's regression over pairs of samples, from any state and without bias; needs the slow mode */
  switching: orNull(group({ lambda1: measured('rate'), pPlus: measured(), ...rates })),
  /** by core sets of the committor, at the samples after the burn-in */
  coreSet: orNull(
    group({
      ...rates,
      threshold: number(),
      switches: number(),
      dwell: series({ t: numbers('1/rate'), plus: numbers(), minus: numbers() }),
    }),
  ),
  /** by crossings of a threshold in <S_z>: shows what is wrong with it */
  crossings: orNull(group({ ...rates, at: number(), hysteresis: number() })),
  /** the slow mode's own: what `switching` is to agree with, and the paper's Eq. (10); null above 110 atoms */
  predicted: orNull(group(predictedFields)),
  paper: orNull(group(paperFields)),
  /** the master equation's own steady state where it takes moments; null for more atoms and without one */
  exact: orNull(aside(exactFields)),
  /** the sums behind all of these: what another run goes on from, and what is merged */
  checkpoint: opaque(checkpointSchema),
} as const satisfies Fields;
export type TrajectoriesResult = ResultOf<typeof trajectoryFields>;
