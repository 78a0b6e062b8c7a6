import { InputError } from '../../parameters/errors';
import { checkNumber, checkOptions, flagOf, pick, type Raw, type Values } from '../../parameters/options';
import { ownUnit, type SystemParameters } from '../../parameters/system';
import { blockSize, burnInSlots } from '../../trajectories/record';
import { unravelingFacts } from '../../trajectories/unraveling-facts';
import { withTimeOfRamp } from '../ramps/ramp-option';
import { type EarlierRuns, requireSame } from './earlier-runs';
import { withShardAsRange } from './shard';
import type { StopRules } from './stop-rules';
import { defaultG2Bins, rangeSettings, type Settings, trajectoryTable } from './trajectory-table';

/** Options of an ensemble; times in the inverse unit of the rates. */
export interface TrajectoryOptions extends Settings {
  readonly stop: StopRules;
  /** what is finished already: to go on from, or, `merge`, all that there is to be */
  readonly earlier: EarlierRuns | null;
  readonly merge: boolean;
}

/** Bins of a trajectory that keep a photon's bin sure to float32's rounding of the time left in it. */
const mostWindowBins = 1e6;

/** @throws InputError naming the option */
export function trajectoryOptions(
  raw: Raw,
  parameters: SystemParameters,
  earlier: EarlierRuns | null = null,
): TrajectoryOptions {
  const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined));
  const said = withShardAsRange(given, earlier);
  const asked = earlier === null ? withTimeOfRamp(said) : { ...earlier.settings, ...said };
  const values = checkOptions(trajectoryTable, asked, ownUnit(parameters));
  const { time, samples, first, unraveling, ramp } = values;
  if (ramp !== undefined && !unravelingFacts[unraveling].ramps) {
    const takes = 'given with --unraveling photodetection: what else unravels is made for one drive';
    throw new InputError('ramp', ramp, takes);
  }
  if (unraveling === 'dark-port' && parameters.gamma1D + parameters.gammaF === 0) {
    const takes = 'photodetection where nothing is emitted (the dark port displaces what is)';
    throw new InputError('unraveling', unraveling, takes);
  }
  const burnIn = values.burnIn ?? defaultBurnIn(time, samples);
  if (burnInSlots(burnIn, time, samples) >= samples) {
    const most = (time * (samples - 1)) / samples;
    throw new InputError(
      'burn-in',
      burnIn,
      `from 0 to ${most}: one sampling step before --time at the latest`,
    );
  }
  checkDetection(values);
  if (first % blockSize !== 0) throw new InputError('first', first, `a multiple of ${blockSize}`);
  const counted = time - (burnInSlots(burnIn, time, samples) * time) / samples;
  const { ramp: _ramp, ...own } = pick(values, rangeSettings);
  const settings = {
    ...{ ...own, burnIn, ...correlation(values, counted) },
    ...(ramp !== undefined && { ramp }),
  };
  if (earlier !== null) requireSame(earlier, settings);
  const merge = raw.merge !== undefined;
  return { ...settings, stop: stopRules(said, values, earlier, merge), earlier, merge };
}

/** 60 percent of any length, at a sample time: a short run is not refused for a burn-in nobody asked for. */
const defaultBurnIn = (time: number, samples: number) => (Math.floor(0.6 * samples) * time) / samples;

/** Nothing but homodyne detection has a local oscillator, and the dark port records no light. */
function checkDetection({ unraveling, phase, efficiency }: Values<typeof trajectoryTable>) {
  if (phase !== 0 && unraveling !== 'homodyne') {
    const takes = 'given with --unraveling homodyne: nothing else has a local oscillator of one phase';
    throw new InputError('phase', phase, takes);
  }
  const { photons, currents } = unravelingFacts[unraveling];
  if (efficiency !== 1 && !photons && currents.length === 0) {
    const takes = `1 with --unraveling ${unraveling}: nothing of its light is recorded`;
    throw new InputError('efficiency', efficiency, takes);
  }
}

type PhotonSettings = Pick<Settings, 'unraveling' | 'g2Time' | 'g2Bins' | 'records'>;

/**
 * Whether g2 is asked for.
 * @param counted time after the burn-in, in which photons are counted
 */
function correlation({ unraveling, g2Time, g2Bins, records }: PhotonSettings, counted: number) {
  const asked = Object.entries({ g2Time, g2Bins, records }).find(([, value]) => value !== 0);
  if (asked !== undefined && !unravelingFacts[unraveling].photons) {
    const [name, value] = asked;
    throw new InputError(
      flagOf(name),
      value,
      'given with --unraveling photodetection: no other jumps are photons',
    );
  }
  if (g2Time === 0) {
    if (g2Bins !== 0) throw new InputError('g2-time', undefined, 'given with --g2-bins');
    return { g2Time, g2Bins };
  }
  checkNumber('g2Time', { ...trajectoryTable.g2Time.value, to: counted / 2 }, g2Time);
  const bins = g2Bins || defaultG2Bins;
  if ((counted * bins) / g2Time > mostWindowBins) {
    const least = (counted * bins) / mostWindowBins;
    throw new InputError('g2-time', g2Time, `at least ${least} for ${bins} bins of the delay`);
  }
  return { g2Time, g2Bins: bins };
}

/** The count has a default only where nothing else ends the run; a run to go on with must say how far. */
function stopRules(
  raw: Raw,
  { maxSeconds, targetError, targetObservable }: Values<typeof trajectoryTable>,
  earlier: EarlierRuns | null,
  merge: boolean,
): StopRules {
  const held = earlier?.sums.counts.reduce((sum, { count }) => sum + count, 0) ?? 0;
  if (merge) return { count: held, maxSeconds: null, target: null };
  const count = trajectoryTable.count.value;
  const open = maxSeconds !== undefined || targetError !== undefined;
  const byDefault = open ? count.to : earlier === null ? count.default : undefined;
  if (targetError === undefined && raw.targetObservable !== undefined) {
    throw new InputError('target-error', targetError, 'given with --target-observable');
  }
  return {
    count: checkNumber('count', { ...count, from: Math.max(count.from, held) }, raw.count ?? byDefault),
    maxSeconds: maxSeconds ?? null,
    target: targetError === undefined ? null : { observable: targetObservable, error: targetError },
  };
}
