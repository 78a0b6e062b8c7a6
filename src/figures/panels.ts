/** The paper's figures panel by panel: what each has computed, and how it is drawn from that. */
import { short } from '../drawing/number';
import type { PlotSpec } from '../drawing/plot-spec';
import type { ResultDocument } from '../experiments/experiment';
import type { DocumentOf } from '../experiments/registry';
import { InputError } from '../parameters/errors';
import type { Figure } from '../parameters/presets';
import { startStates } from '../parameters/start-state';
import { dipolePlot, expansionPlot, familyPlot } from './expansion-plots';
import type { PanelNumber } from './figure-numbers';
import { scalingPlot, slopesPlot } from './gap-plots';
import { driveOf } from './mean-field-behind';
import {
  driveEnd,
  flowFrom,
  flowPlot,
  flowStarts,
  flowTimesOf,
  inversionPlot,
  meanFieldCurves,
  stabilityPlot,
} from './mean-field-plots';
import { fidelityPlot, plusSqueezingPlot, statesPlot, weightedPlot } from './metastable-plots';
import { of, one, type Panel, swept, timesOf, whole } from './panel';
import { type Followed, followedPlot } from './player-plots';
import { crssPlot, relaxationPlot } from './relaxation-plots';
import {
  magnetizationPlot,
  mostSmall,
  smallDistributionPlots,
  squeezingPlot,
  steadyDistributionPlot,
} from './steady-plots';

/** The mean field needs no run: the document says whose it is. */
const meanField = (
  preset: Figure,
  shows: string | undefined,
  draw: (document: DocumentOf<'mean-field'>) => PlotSpec,
) =>
  ({
    preset,
    ...(shows !== undefined && { shows }),
    takes: [],
    requests: one('mean-field'),
    plots: (documents) => whole(draw(of(documents, 'mean-field')[0])),
  }) satisfies Panel;

const curvesOf = ({ parameters }: DocumentOf<'mean-field'>) =>
  meanFieldCurves(parameters, driveEnd(parameters));

/** One document for each ratio that is compared: Gamma/gamma is at most N - 1. */
const family = (shows: string, spec: PlotSpec): Panel => ({
  preset: 'S1',
  shows,
  takes: [],
  requests: ({ system, sweep }) =>
    sweep!.ratio!.map((ratio) => ({ command: 'mean-field', system: { ...system, ratio }, options: {} })),
  plots: () => whole(spec),
});

const steadySweep = {
  takes: ['atoms', 'points'],
  comparesAtoms: true,
  requests: swept('steady-state'),
} as const satisfies Partial<Panel>;

const metastableSweep = (
  preset: '3a' | '3c' | '3d',
  draw: (documents: readonly DocumentOf<'metastable'>[]) => PlotSpec,
): Panel => ({
  preset,
  takes: ['atoms', 'points'],
  requests: swept('metastable'),
  plots: (documents) => whole(draw(of(documents, 'metastable'))),
});

/** The first trajectory of the ensemble, between the metastable states of the same system where they are known. */
export function trajectoryPlot(documents: readonly ResultDocument[], followed: Followed): PlotSpec {
  const [states] = of(documents, 'metastable');
  const [{ parameters, result }] = of(documents, 'trajectories');
  const [trace] = result.traces;
  return followedPlot(parameters, trace ?? null, 0, followed, states?.result ?? null, [0, result.time]);
}

const alongTrajectory = (shows: string, plots: Panel['plots']): Panel => ({
  preset: '4',
  shows: `${shows}, N = 18, γ₁D = 10 γ_F, Ω = 0.73 Ω_c`,
  takes: ['atoms', 'drive', 'points', 'trajectories', 'seed'],
  requests: (preset, asked) => {
    const { trajectories, seed } = asked;
    const options = {
      ...timesOf(preset, asked),
      ...(trajectories !== undefined && { count: trajectories }),
      ...(seed !== undefined && { seed }),
    };
    return [...one('metastable')(preset, asked), ...one('trajectories', options)(preset, asked)];
  },
  plots,
});

/** For about 1/gamma_F <S_z> stays near the Dicke problem's value: so long, in units of that, each way is followed closer. */
const early = 3;

const relaxation = (
  shows: string,
  draw: (
    ways: readonly DocumentOf<'time-evolution'>[],
    steady: DocumentOf<'steady-state'> | undefined,
  ) => PlotSpec,
): Panel => ({
  preset: 'S3',
  shows: `${shows} on the way to the steady state, N = 18, Ω = 0.73 Ω_c, Γ/γ = 15.5`,
  takes: ['atoms', 'drive', 'points'],
  requests: (preset, asked) => {
    const { time, samples } = timesOf(preset, asked);
    const close = Number(((time * early) / preset.sweep!.time!.to).toPrecision(7));
    return [
      ...one('steady-state')(preset, asked),
      ...[time, close].flatMap((time) =>
        startStates.flatMap((start) => one('time-evolution', { time, samples, start })(preset, asked)),
      ),
    ];
  },
  plots: (documents) => {
    const [steady] = of(documents, 'steady-state');
    const ways = of(documents, 'time-evolution');
    const endOf = ({ result }: DocumentOf<'time-evolution'>) => result.series.t.at(-1)!;
    const end = Math.max(...ways.map(endOf));
    const whole = draw(
      ways.filter((way) => endOf(way) === end),
      steady,
    );
    const begun = draw(
      ways.filter((way) => endOf(way) < end),
      steady,
    );
    return [
      { part: '', spec: whole },
      { part: 'early', spec: { ...begun, title: `${begun.title}, early` } },
    ];
  },
});

/** Where figure 4(c)'s inset looks closer. */
const inset = { min: 0.5, max: 1.25 };

export const panels: Readonly<Record<PanelNumber, Panel>> = {
  '1b': meanField('1b', undefined, (document) => inversionPlot(curvesOf(document))),
  '2a': {
    preset: '2a',
    ...steadySweep,
    plots: (documents) => {
      const points = of(documents, 'steady-state');
      return whole(magnetizationPlot(points[0].parameters, points));
    },
  },
  '2b': {
    preset: '2b',
    takes: ['atoms', 'drive'],
    requests: one('steady-state'),
    plots: (documents) => {
      const [{ parameters, result }] = of(documents, 'steady-state');
      return whole(steadyDistributionPlot(parameters, result));
    },
  },
  '2c': {
    preset: '2c',
    ...steadySweep,
    plots: (documents) => {
      const points = of(documents, 'steady-state');
      return whole(squeezingPlot(points[0].parameters, points));
    },
  },
  '2d': {
    preset: '2d',
    takes: ['atoms'],
    comparesAtoms: true,
    requests: ({ system, sweep }, { atoms }) => [
      { command: 'gap-scaling', system, options: { atoms: (atoms ?? sweep!.atoms!).join(',') } },
    ],
    plots: (documents) => {
      const [{ result }] = of(documents, 'gap-scaling');
      return [
        { part: '', spec: scalingPlot(result, 'log-log') },
        { part: 'slopes', spec: slopesPlot(result) },
      ];
    },
  },
  '3a': metastableSweep('3a', (points) => statesPlot(points[0].parameters, points)),
  '3b': {
    preset: '3b',
    takes: ['atoms', 'drive'],
    requests: one('metastable'),
    plots: (documents) => {
      const [{ parameters, result }] = of(documents, 'metastable');
      return whole(weightedPlot(parameters, result));
    },
  },
  '3c': metastableSweep('3c', (points) => fidelityPlot(points)),
  '3d': metastableSweep('3d', (points) => plusSqueezingPlot(points[0].parameters, points)),
  '4a': alongTrajectory('Magnetization along one trajectory', (documents) =>
    whole(trajectoryPlot(documents, 'Sz')),
  ),
  '4b': alongTrajectory('Fidelity with the CRSS along the same trajectory', (documents) =>
    whole(trajectoryPlot(documents, 'crssFidelity')),
  ),
  '4c': alongTrajectory('Spin squeezing along the same trajectory', (documents) => {
    const spec = trajectoryPlot(documents, 'squeezing');
    return [
      { part: '', spec },
      { part: 'inset', spec: { ...spec, title: `${spec.title}, closer`, y: { ...spec.y, ...inset } } },
    ];
  }),
  S1a: family('Mean-field inversion against the drive for several Γ/γ', familyPlot),
  S1b: family('Mean-field dipole against the drive for several Γ/γ', dipolePlot),
  S1c: meanField('S1', 'Mean-field inversion beside its expansion in γ, Γ/γ = 50', (document) =>
    expansionPlot(curvesOf(document)),
  ),
  S2a: {
    preset: 'S2',
    shows: 'Mean-field dynamics from several starts, Ω = 0.7 Ω_c, Γ/γ = 20',
    takes: ['drive'],
    requests: one('mean-field'),
    plots: (documents) => {
      const [{ parameters }] = of(documents, 'mean-field');
      const times = flowTimesOf(parameters);
      const lines = flowStarts(parameters).map((start) => [...flowFrom(parameters, start, times)]);
      return whole(flowPlot({ parameters, times, lines }));
    },
  },
  S2b: meanField('S2', 'Mean-field inversion against the drive, Γ/γ = 20', (document) =>
    inversionPlot(curvesOf(document)),
  ),
  S2c: meanField('S2', 'Eigenvalues of the Jacobian on each branch, Γ/γ = 20', (document) =>
    stabilityPlot(curvesOf(document)),
  ),
  S3a: relaxation('Magnetization', (ways, steady) =>
    relaxationPlot(ways[0].parameters, ways, steady?.result ?? null),
  ),
  S3b: relaxation('Fidelity with the CRSS', (ways) => crssPlot(ways[0].parameters, ways)),
  S4: {
    preset: 'S4',
    ...steadySweep,
    requests: (preset, asked) => {
      const requests = steadySweep.requests(preset, asked);
      if (requests.length <= mostSmall) return requests;
      const takes = `so few that figure S4 has at most ${mostSmall} pictures, one for each number of atoms and drive`;
      throw new InputError(
        asked.points === undefined ? 'atoms' : 'points',
        asked.points ?? asked.atoms,
        takes,
      );
    },
    plots: (documents) => {
      const points = of(documents, 'steady-state');
      return smallDistributionPlots(points).map((spec, i) => ({
        part: `N${points[i].parameters.atoms}-${short(driveOf(points[i]))}`,
        spec,
      }));
    },
  },
};
