/** An ensemble of quantum trajectories: means and distributions with standard errors, beside the exact values. */
import { defaultsOf, numberIn } from '../../parameters/options';
import { unravelingFacts } from '../../trajectories/unraveling-facts';
import type { Experiment } from '../experiment';
import { systemOfRamp, withTimeOfRamp } from '../ramps/ramp-option';
import { gapSeconds, steadySeconds } from '../spectrum/spectral';
import { type EarlierRuns, earlierRuns, systemOf } from './earlier-runs';
import { mostSlow } from './theory-fields';
import { type TrajectoriesResult, trajectoryFields } from './trajectories-result';
import { type TrajectoryOptions, trajectoryOptions } from './trajectory-options';
import { trajectoryTable } from './trajectory-table';

export const trajectories = {
  command: 'trajectories',
  does: 'an ensemble: means with standard errors, P_m, switching rates',
  takes: trajectoryTable,
  engines: 'either',
  fields: trajectoryFields,
  exact: ({ exact, predicted }) => ({
    steady: exact,
    Pm: exact?.Pm,
    Pj: exact?.Pj,
    jumps: exact?.jumps,
    switching: predicted,
  }),
  told: ({ records }) => (records.length > 0 ? { records: records.length } : {}),
  seconds(system, raw) {
    const { atoms } = system;
    const { count, time, unraveling } = { ...defaultsOf(trajectoryTable), ...withTimeOfRamp(raw) };
    const setUp = 4e-6 * atoms ** 2;
    // The exact values beside it are those of a steady state and a gap, while their N allow.
    const exact =
      atoms <= mostSlow && raw.ramp === undefined ? steadySeconds(system) + gapSeconds(system) : 0;
    const asked = Object.entries(unravelingFacts).find(([name]) => name === unraveling)?.[1];
    const sweeps = raw.ramp === undefined ? 1 : 2;
    const walk = sweeps * (asked?.secondsPerTime(system) ?? 0) * numberIn(count) * numberIn(time);
    return exact + setUp + walk;
  },
  earlier: earlierRuns,
  options: trajectoryOptions,
  parameters: (said, raw, earlier) => (earlier === null ? systemOfRamp(said, raw) : systemOf(earlier, said)),
} as const satisfies Experiment<TrajectoryOptions, TrajectoriesResult, EarlierRuns | null>;
