/** The light of the steady state as plots: spectrum, correlations, and the statistics of counts. */
import { logLimits } from '../../../src/drawing/limits';
import type { Curve, PlotMark, PlotSpec } from '../../../src/drawing/plot-spec';
import type { DocumentOf } from '../../../src/experiments/registry';
import { rateLabel, rateUnit } from '../../../src/figures/gap-plots';
import type { SystemParameters } from '../../../src/parameters/system';
import { countedFano, countedG2 } from './counted';

type Light = DocumentOf<'radiation'>;

const frequency = (parameters: SystemParameters) =>
  `|*ω*| from the laser${rateLabel(parameters) || ', the rates’ unit'}`;
const delay = (what: string, { gammaF }: SystemParameters) => `${what}${gammaF > 0 ? ', 1/*γ*_F' : ''}`;

/** Points of one sign of the frequency, by its size. */
function sideOf(omega: readonly number[], sign: 1 | -1): number[] {
  const places = [...omega.keys()].filter((i) => sign * omega[i] > 0);
  return places.sort((a, b) => sign * (omega[a] - omega[b]));
}

/** Whether two sides of a spectrum differ by more than their errors. */
const isOdd = (values: readonly number[], errors: readonly number[], above: number[], below: number[]) =>
  above.length !== below.length ||
  above.some((i, k) => Math.abs(values[i] - values[below[k]]) > 2 * (errors[i] + errors[below[k]]));

/** S(omega) and the slow mode's line in it. */
export function spectrumPlot(parameters: SystemParameters, document: Light | undefined): PlotSpec {
  const unit = rateUnit(parameters);
  const title = 'Incoherent spectrum';
  const x = { label: frequency(parameters), scale: 'log' } as const;
  const y = { label: `*S*(*ω*)${parameters.gammaF > 0 ? ', 1/*γ*_F' : ''}`, scale: 'log' } as const;
  if (!document)
    return { title, x: { ...x, min: 0.01, max: 100 }, y: { ...y, min: 0.01, max: 100 }, curves: [] };
  const { spectrum, lines } = document.result;
  const { omega, value, error } = spectrum;
  const [above, below] = [sideOf(omega, 1), sideOf(omega, -1)];
  const side = (places: readonly number[], look: Pick<Curve, 'label' | 'ink' | 'dashed'>): Curve => ({
    draw: 'line',
    ...look,
    x: places.map((i) => Math.abs(omega[i]) / unit),
    y: places.map((i) => value[i] * unit),
    error: places.map((i) => error[i] * unit),
  });
  const curves: Curve[] = [];
  const places = above.length > 0 ? above : below;
  const marks: PlotMark[] = [];
  for (const { halfWidth, weight } of lines) {
    // A line that its neighbours weigh down is none to be seen.
    if (!(weight > 0)) continue;
    const shown = places.map((i) => Math.abs(omega[i]));
    curves.push({
      label: 'slow mode’s line',
      draw: 'line',
      ink: 'mean',
      dashed: true,
      x: shown.map((w) => w / unit),
      y: shown.map((w) => ((2 * weight * halfWidth) / (w ** 2 + halfWidth ** 2)) * unit),
    });
    marks.push({ axis: 'x', at: halfWidth / unit, label: 'half width *λ*_1', ink: 'guide' });
  }
  if (isOdd(value, error, above, below)) {
    if (above.length > 0) curves.push(side(above, { label: 'above the laser', ink: 'exact' }));
    if (below.length > 0) curves.push(side(below, { label: 'below the laser', ink: 'trace', dashed: true }));
  } else curves.push(side(above, { label: '*S*(*ω*)', ink: 'exact' }));
  return { title, x, y: { ...y, ...logLimits(value.map((S) => S * unit)) }, curves, marks };
}

/** g2(tau), and what two states that follow one another as in Eq. (9) make of it. */
export function g2Plot(
  parameters: SystemParameters,
  document: Light | undefined,
  ensemble?: DocumentOf<'trajectories'>,
): PlotSpec {
  const unit = rateUnit(parameters);
  const title = 'Correlation of counts g2';
  const x = { label: delay('delay *τ*', parameters), scale: 'log' } as const;
  const y = { label: '*g*^2(*τ*)' };
  if (!document) return { title, x: { ...x, min: 0.01, max: 100 }, y: { ...y, min: 0, max: 2 }, curves: [] };
  const { g2, phases, lines, intensity } = document.result;
  const shown = [...g2.tau.keys()].filter((i) => g2.tau[i] > 0);
  const tau = shown.map((i) => g2.tau[i] * unit);
  const curves: Curve[] = [];
  if (phases) {
    // p_+ (1 - p_+) (I_+ - I_-)^2 exp(-lambda_1 tau) of two states that shine steadily.
    const [{ halfWidth }] = lines;
    const { plus, minus } = phases.intensity;
    const contrast = (phases.pPlus * (1 - phases.pPlus) * (plus - minus) ** 2) / intensity ** 2;
    curves.push({
      label: 'two steady lights, by (9)',
      draw: 'line',
      ink: 'mean',
      dashed: true,
      x: tau,
      y: shown.map((i) => 1 + contrast * Math.exp(-halfWidth * g2.tau[i])),
    });
  }
  curves.push({
    label: '*g*^2(*τ*)',
    draw: 'line',
    ink: 'exact',
    x: tau,
    y: shown.map((i) => g2.value[i]),
    error: shown.map((i) => g2.error[i]),
  });
  curves.push(...countedG2(ensemble));
  return { title, x, y, curves, marks: lifetimeMark(document) };
}

function lifetimeMark({ parameters, result }: Light): PlotMark[] {
  return result.lines.map(({ halfWidth }) => ({
    axis: 'x',
    at: rateUnit(parameters) / halfWidth,
    label: '1/*λ*_1',
    ink: 'guide',
  }));
}

/** The Fano factor of windows of a length. */
export function fanoPlot(
  parameters: SystemParameters,
  document: Light | undefined,
  ensemble?: DocumentOf<'trajectories'>,
): PlotSpec {
  const unit = rateUnit(parameters);
  const title = 'Fano factor against the window';
  const x = { label: delay('window *T*', parameters), scale: 'log' } as const;
  const y = { label: 'variance of the count/its mean', scale: 'log' } as const;
  if (!document)
    return { title, x: { ...x, min: 0.01, max: 100 }, y: { ...y, min: 0.1, max: 100 }, curves: [] };
  const { windows, fano } = document.result.counting;
  return {
    title,
    x,
    y,
    curves: [
      {
        label: 'Fano factor',
        draw: 'line',
        ink: 'exact',
        x: windows.time.map((time) => time * unit),
        y: windows.fano,
        error: windows.error,
      },
      ...countedFano(ensemble, document),
    ],
    marks: [
      { axis: 'y', at: fano, label: 'long windows', ink: 'mean' },
      { axis: 'y', at: 1, label: 'Poisson', ink: 'guide' },
      ...lifetimeMark(document),
    ],
  };
}

/** The output's quietest quadrature. */
export function quadraturePlot(parameters: SystemParameters, document: Light | undefined): PlotSpec {
  const unit = rateUnit(parameters);
  const title = 'Quadrature squeezing spectrum';
  const x = { label: frequency(parameters), scale: 'log' } as const;
  const marks: PlotMark[] = [{ axis: 'y', at: 1, label: 'vacuum', ink: 'guide' }];
  const y = { label: 'quietest quadrature’s noise' };
  if (!document)
    return { title, x: { ...x, min: 0.01, max: 100 }, y: { ...y, min: 0, max: 1.2 }, curves: [], marks };
  const { omega, least, error } = document.result.quadratureSpectrum;
  const places = sideOf(omega, 1).length > 0 ? sideOf(omega, 1) : sideOf(omega, -1);
  return {
    title,
    x,
    y: { ...y, min: 0 },
    curves: [
      {
        label: 'least over the phase',
        draw: 'line',
        ink: 'exact',
        x: places.map((i) => Math.abs(omega[i]) / unit),
        y: places.map((i) => least[i]),
        error: places.map((i) => error[i]),
      },
    ],
    marks,
  };
}

/** The chance to count at a rate over a long time T falls as exp(-T I): I, the Legendre transform of theta. */
export function countRatePlot(parameters: SystemParameters, document: Light | undefined): PlotSpec {
  const unit = rateUnit(parameters);
  const title = 'How unlikely other count rates are';
  const x = { label: `counts per time${rateLabel(parameters)}` };
  const y = { label: `decay of their chance${rateLabel(parameters)}` };
  if (!document) return { title, x: { ...x, min: 0, max: 1 }, y: { ...y, min: 0, max: 1 }, curves: [] };
  const { counting, phases } = document.result;
  const { theta, rate } = counting;
  const known = [...theta.s.keys()]
    .filter((i) => theta.rate[i] !== null && theta.legendre[i] !== null)
    .sort((a, b) => theta.rate[a]! - theta.rate[b]!);
  const { gamma1D } = document.parameters;
  const marks: PlotMark[] = [{ axis: 'x', at: rate / unit, label: 'mean', ink: 'exact' }];
  if (phases) {
    const { plus, minus } = phases.intensity;
    marks.push({ axis: 'x', at: (gamma1D * plus) / unit, label: '*ρ*_+', ink: 'lower' });
    marks.push({ axis: 'x', at: (gamma1D * minus) / unit, label: '*ρ*_−', ink: 'upper' });
  }
  const curve = { ink: 'exact', x: known.map((i) => theta.rate[i]! / unit) } as const;
  const values = known.map((i) => theta.legendre[i]! / unit);
  return {
    title,
    x,
    y: { ...y, min: 0 },
    curves: [
      { label: 'Legendre transform of *θ*(*s*)', draw: 'line', ...curve, y: values },
      {
        label: 'at the fields asked for',
        draw: 'points',
        quiet: true,
        ...curve,
        y: values,
        error: known.map((i) => (theta.error[i] ?? 0) / unit),
      },
    ],
    marks,
  };
}

/** theta(s), the scaled cumulant generating function. */
export function thetaPlot(parameters: SystemParameters, document: Light | undefined): PlotSpec {
  const unit = rateUnit(parameters);
  const title = 'Generating function of the counts';
  const x = { label: 'counting field *s*' };
  const y = { label: `*θ*(*s*)${rateLabel(parameters)}` };
  if (!document) return { title, x: { ...x, min: -1, max: 1 }, y: { ...y, min: -1, max: 1 }, curves: [] };
  const { theta } = document.result.counting;
  const known = [...theta.s.keys()].filter((i) => theta.value[i] !== null);
  const curve = {
    ink: 'exact',
    x: known.map((i) => theta.s[i]),
    y: known.map((i) => theta.value[i]! / unit),
  } as const;
  return {
    title,
    x,
    y,
    curves: [
      { label: '*θ*(*s*)', draw: 'line', ...curve },
      {
        label: '*θ*(*s*) ± bound',
        draw: 'points',
        quiet: true,
        ...curve,
        error: known.map((i) => (theta.error[i] ?? 0) / unit),
      },
    ],
  };
}
