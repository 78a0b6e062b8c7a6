/** What the scene shows as plots that stand still, for their tables and files. */

import type { Curve, Ink, PlotMark, PlotSpec } from '../../src/drawing/plot-spec';
import type { LiveTrajectory } from '../../src/page/live-trajectory';
import { inkOf, type SceneLevel } from './levels';

const marksOf = (levels: readonly SceneLevel[], axis: PlotMark['axis'], factor: number): PlotMark[] =>
  levels.map(({ sz, label, ink }) => ({ axis, at: sz * factor, label, ink }));

/** The window of the telegraph; a curve for each colour, that the others' samples leave gaps in. */
export function telegraphPlot(
  { samples, parameters, lifeTime }: LiveTrajectory,
  levels: readonly SceneLevel[],
): PlotSpec {
  const inks = [...new Set(samples.map(({ p }) => inkOf(p)))];
  const labels: Partial<Record<Ink, string>> = {
    lower: 'on the way to *ρ*_+',
    upper: 'on the way to *ρ*_−',
    trace: 'one trajectory',
  };
  const x = samples.map(({ t }) => t);
  return {
    title: 'Magnetization of the watched trajectory',
    x: { label: `time *t*, units of 1/${lifeTime?.symbol ?? ''}` },
    y: { label: 'magnetization ⟨*S*_z⟩' },
    curves: inks.map((ink): Curve => {
      // Each stretch begins where the one before it ends.
      const y = samples.map(({ p, Sz }, i) => {
        const next = samples[i + 1];
        return inkOf(p) === ink || (next && inkOf(next.p) === ink) ? Sz : null;
      });
      return { label: labels[ink]!, draw: 'line', ink, width: 1.5, x, y };
    }),
    marks: marksOf(levels, 'y', (parameters?.atoms ?? 0) / 2),
  };
}

/** P_m, upright. */
export function distributionPlot(
  { averages, parameters, twoStates: { states } }: LiveTrajectory,
  levels: readonly SceneLevel[],
): PlotSpec {
  const atoms = parameters?.atoms ?? 0;
  const x = Array.from({ length: atoms + 1 }, (_, i) => i - atoms / 2);
  const parts: Curve[] = states
    ? [
        {
          ...{ label: '*a*_+*P*_m(*ρ*_+) + *a*_−*P*_m(*ρ*_−)', draw: 'bars', ink: 'upper', x },
          y: x.map(
            (_, i) => states.plus.weight * states.plus.Pm[i] + states.minus.weight * states.minus.Pm[i],
          ),
        },
        {
          ...{ label: '*a*_+*P*_m(*ρ*_+)', draw: 'bars', ink: 'lower', x },
          y: x.map((_, i) => states.plus.weight * states.plus.Pm[i]),
        },
      ]
    : [];
  return {
    title: 'Distribution of the watched trajectory',
    x: { label: 'magnetization *m*' },
    y: { label: 'probability *P*_m', min: 0 },
    curves: averages
      ? [...parts, { label: 'time average so far', draw: 'points', ink: 'exact', x, y: averages.Pm }]
      : [],
    marks: marksOf(
      levels.filter(({ dashed }) => dashed),
      'x',
      atoms / 2,
    ),
  };
}
