/** What trajectories by photodetection counted, beside the exact light. */
import type { Curve, PlotMark, PlotSpec } from '../../../src/drawing/plot-spec';
import type { DocumentOf } from '../../../src/experiments/registry';
import { rateUnit } from '../../../src/figures/gap-plots';
import { type SystemParameters, sameSystem } from '../../../src/parameters/system';

type Ensemble = DocumentOf<'trajectories'>;
type Light = DocumentOf<'radiation'>;

/** The ensemble, where it counted the photons of that light: of the same system, at the dipole. */
export function countedOf(ensemble: Ensemble | undefined, light: Light | undefined): Ensemble | undefined {
  const isOf = ensemble?.result.photons && light?.result.port === 'atoms';
  return isOf && sameSystem(ensemble.parameters, light.parameters) ? ensemble : undefined;
}

const points = (
  label: string,
  x: readonly number[],
  y: readonly number[],
  error: readonly number[],
): Curve => ({
  label,
  draw: 'points',
  ink: 'trace',
  x,
  y,
  error,
});

/** Fano factors of the windows; of a detector of the light's efficiency alone. */
export function countedFano(ensemble: Ensemble | undefined, light: Light): Curve[] {
  if (!ensemble || (ensemble.result.efficiency ?? 1) !== light.result.counting.efficiency) return [];
  const unit = rateUnit(ensemble.parameters);
  const known = ensemble.result.photons!.fanoByWindow.flatMap(({ window, collective }) =>
    collective ? [{ window: window * unit, ...collective }] : [],
  );
  return [
    points(
      'trajectories ± s.e.',
      known.map(({ window }) => window),
      known.map(({ value }) => value),
      known.map(({ error }) => error),
    ),
  ];
}

export function countedG2(ensemble: Ensemble | undefined): Curve[] {
  const g2 = ensemble?.result.photons?.g2;
  if (!ensemble || !g2) return [];
  const unit = rateUnit(ensemble.parameters);
  // The axis is logarithmic: tau = 0 is not on it.
  return [
    points(
      'trajectories ± s.e.',
      g2.tau.slice(1).map((tau) => tau * unit),
      g2.mean.slice(1),
      g2.error.slice(1),
    ),
  ];
}

/** Bars of the histogram at most. */
const mostBars = 40;
/** Windows are short beside the lifetimes of the states, and there are some in each trajectory. */
const shareOfLife = 0.15;
const fewestWindows = 10;

/** Counts of the collective output in windows, each window's length the same; one standard error over trajectories. */
export function countHistogram(
  parameters: SystemParameters,
  ensemble: Ensemble | undefined,
  light: Light | undefined,
): PlotSpec {
  const title = 'Histogram of counts';
  const y = { label: 'share of the windows', min: 0 };
  const empty: PlotSpec = {
    title,
    x: { label: 'counts in a window', min: 0, max: 1 },
    y: { ...y, max: 1 },
    curves: [],
  };
  if (!ensemble) return empty;
  const { records, time, burnIn, predicted } = ensemble.result;
  const whole = records.filter(({ missed }) => missed === 0);
  if (whole.length === 0) return empty;
  const measuredTime = time - burnIn;
  const longest = measuredTime / fewestWindows;
  const window = predicted ? Math.min(longest, shareOfLife / predicted.lambda1) : longest;
  const windows = Math.floor(measuredTime / window);
  const counts = whole.map(({ t, channel }) => {
    const own = new Array<number>(windows).fill(0);
    t.forEach((at, i) => {
      const place = Math.floor((at - burnIn) / window);
      if (channel[i] === 0 && place >= 0 && place < windows) own[place]++;
    });
    return own;
  });
  const most = counts.flat().reduce((largest, count) => Math.max(largest, count), 0);
  const width = Math.ceil((most + 1) / mostBars);
  const bars = Math.floor(most / width) + 1;
  const shares = counts.map((own) => {
    const share = new Array<number>(bars).fill(0);
    for (const count of own) share[Math.floor(count / width)] += 1 / windows;
    return share;
  });
  const mean = Array.from({ length: bars }, (_, b) => average(shares.map((share) => share[b])));
  const error = mean.map((value, b) =>
    shares.length > 1
      ? Math.sqrt(average(shares.map((share) => (share[b] - value) ** 2)) / (shares.length - 1))
      : 0,
  );
  const x = mean.map((_, b) => b * width + (width - 1) / 2);
  const unit = rateUnit(parameters);
  const phases = light?.result.phases;
  const efficiency = ensemble.result.efficiency ?? 1;
  const marks: PlotMark[] = [];
  if (phases && light) {
    const at = (intensity: number) => efficiency * ensemble.parameters.gamma1D * intensity * window;
    marks.push({ axis: 'x', at: at(phases.intensity.plus), label: '*ρ*_+', ink: 'lower' });
    marks.push({ axis: 'x', at: at(phases.intensity.minus), label: '*ρ*_−', ink: 'upper' });
  }
  const length = Number((window * unit).toPrecision(3));
  const unitWords = ensemble.parameters.gammaF > 0 ? '/*γ*_F' : '';
  return {
    title,
    x: { label: `counts in a time ${length}${unitWords}`, min: -width / 2 },
    y,
    curves: [
      { label: `${whole.length} trajectories`, draw: 'bars', ink: 'trace', x, y: mean },
      ...(shares.length > 1
        ? [{ label: '± s.e.', draw: 'points', ink: 'exact', quiet: true, x, y: mean, error } as const]
        : []),
    ],
    marks,
  };
}

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
