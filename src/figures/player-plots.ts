/** One trajectory as the player shows it: figures 4a to 4c under one another, the switching of j behind them, the committor, the jumps. */
import type { Curve, PlotAxis, PlotMark, PlotSpec } from '../drawing/plot-spec';
import type { MetastableResult } from '../experiments/spectrum/metastable';
import type { Closer } from '../experiments/trajectories/closer-run';
import type { Trace } from '../experiments/trajectories/trajectories-result';
import { meanFieldBranches } from '../mean-field/branches';
import { meanFieldOf } from '../mean-field/equations';
import { lowerBranchSqueezing } from '../mean-field/squeezing';
import { keysOf } from '../parameters/options';
import { isEquation1, type SystemParameters } from '../parameters/system';
import { factsOf, observableTable, type Traced } from '../trajectories/observables';
import { branchMarks } from './mean-field-behind';
import { timeLabel } from './trajectories-plots';

/** Of the light, where a trace has it: what it is in the trajectory's own state, and what was recorded of it. */
const lit = {
  intensity: '⟨*S*_+*S*_−⟩',
  quadrature: '⟨*X*⟩',
  current: factsOf('current').symbol,
  currentI: factsOf('currentI').symbol,
  currentQ: factsOf('currentQ').symbol,
} as const;
type Lit = keyof typeof lit;
export const ofLight: readonly Lit[] = keysOf(lit);
const isLit = (followed: Followed): followed is Lit => followed in lit;

/** What is followed along one trajectory. */
export type Followed = Traced | 'squeezing' | Lit;

/** From ... to, in time. */
export type Window = readonly [from: number, to: number];

export const symbolOf = (followed: Followed) =>
  followed === 'squeezing'
    ? 'squeezing *ξ*^2'
    : isLit(followed)
      ? lit[followed]
      : observableTable[followed].symbol;

function axisOf(followed: Followed, atoms: number, y: Trace[Followed]): PlotAxis {
  const label = symbolOf(followed);
  if (isLit(followed)) {
    const known = (y ?? []).filter((value) => value !== null);
    return { label, min: Math.min(0, ...known), max: Math.max(1, ...known) };
  }
  if (followed === 'squeezing') return { label, min: 0, max: 3 };
  const [min, max] = observableTable[followed].trace(atoms);
  return { label, min, max };
}

/**
 * One quantity of a trajectory in time, in the colours of the state that it is bound for.
 * @param trace nothing yet where it is null
 * @param which its number, from 0
 * @param states the metastable states of the same system, where they have been computed
 */
export function followedPlot(
  parameters: SystemParameters,
  trace: Trace | null,
  which: number,
  followed: Followed,
  states: MetastableResult | null,
  [min, max]: Window,
): PlotSpec {
  const y = trace?.[followed];
  return {
    title: `One trajectory, ${followed}`,
    x: { label: timeLabel(parameters), min, max },
    y: axisOf(followed, parameters.atoms, y),
    curves: trace && y ? [curveOf(trace, which, followed, y)] : [],
    marks: linesOf(parameters, followed, states),
  };
}

function curveOf(trace: Trace, which: number, followed: Followed, y: Curve['y']): Curve {
  const { t, committor } = trace;
  return {
    label: `trajectory ${which + 1}`,
    draw: 'line',
    ink: committor ? 'upper' : 'trace',
    width: 1.5,
    ...(followed === 'j' && { steps: true }),
    ...(committor && { shade: { label: boundFor, ink: 'lower', by: committor, level: 1 / 2 } }),
    x: t,
    y,
  };
}
export const boundFor = '*p*_+ > 1/2, bound for *ρ*_+';

/** Where the two states are and what the mean field says, in each quantity. */
export function linesOf(
  parameters: SystemParameters,
  followed: Followed,
  states: MetastableResult | null,
): PlotMark[] {
  const ofStates = (['plus', 'minus'] as const).flatMap((name): PlotMark[] => {
    const at = meanIn(states, name, followed, parameters);
    const [label, ink] = name === 'plus' ? (['*ρ*_+', 'lower'] as const) : (['*ρ*_−', 'upper'] as const);
    return at === null ? [] : [{ axis: 'y', at, label, ink }];
  });
  if (followed === 'squeezing') return [...ofStates, ...squeezingLines(parameters)];
  const hasBranches = (followed === 'Sz' || followed === 'Sy') && ofStates.length === 0;
  return hasBranches ? branchMarks(parameters, followed, 'y') : ofStates;
}

/** A state's mean, where it has one: its chance to end up in "+" is 1 or 0 by definition. */
function meanIn(
  states: MetastableResult | null,
  name: 'plus' | 'minus',
  followed: Followed,
  { atoms }: SystemParameters,
): number | null {
  if (states === null || (isLit(followed) && followed !== 'intensity')) return null;
  const { moments, Pj, crssFidelity, crssFidelityAllJ } = states[name];
  const j = Pj.reduce((sum, p, block) => sum + p * (atoms / 2 - block), 0);
  const { Sy, Sz, Sx2, Sy2, squeezing } = moments;
  const intensity = Sx2 + Sy2 + Sz;
  const committor = name === 'plus' ? 1 : 0;
  return { Sy, Sz, squeezing, j, crssFidelity, crssFidelityAllJ, committor, intensity }[followed];
}

export const squeezedBelow = 'squeezed below';

/** Eq. (7) on the lower branch, and what it is to be below. */
function squeezingLines(parameters: SystemParameters): PlotMark[] {
  const one: PlotMark = { axis: 'y', at: 1, label: squeezedBelow, ink: 'unstable' };
  if (!isEquation1(parameters)) return [one];
  const [at] = meanFieldBranches(meanFieldOf(parameters)).flatMap(
    (branch) => lowerBranchSqueezing(parameters, branch) ?? [],
  );
  return at === undefined ? [one] : [{ axis: 'y', at, label: 'mean field, (7)', ink: 'exact' }, one];
}

/** What a jump's channel stands for, and where its marks stand. */
const jumpKinds = [
  { label: 'collective', ink: 'exact', channels: [0] },
  { label: 'one atom, same *j*', ink: 'trace', channels: [1] },
  { label: 'one atom, to *j* − 1', ink: 'upper', channels: [2] },
  { label: 'one atom, to *j* + 1', ink: 'lower', channels: [3] },
  { label: 'pumping or dephasing', ink: 'guide', channels: [4, 5, 6, 7, 8, 9, 10, 11] },
] as const;

/** Every photon in the time that was looked at closer, a row a kind. */
export function jumpsPlot(
  parameters: SystemParameters,
  which: number,
  { t, channel }: NonNullable<Closer['jumps']>,
  [min, max]: Window,
): PlotSpec {
  const curves = jumpKinds.flatMap(({ label, ink, channels }, row): Curve[] => {
    const x = t.filter((_, jump) => (channels as readonly number[]).includes(channel[jump]));
    return x.length === 0 ? [] : [{ label, draw: 'points', ink, x, y: x.map(() => jumpKinds.length - row) }];
  });
  return {
    title: `Jumps of trajectory ${which + 1}`,
    x: { label: timeLabel(parameters), min, max },
    y: { label: 'jumps by kind', min: 0.4, max: jumpKinds.length + 0.6 },
    curves,
  };
}

/** The sample in whose time t is: the last that is not after it. */
export function sampleAt({ t }: Pick<Trace, 't'>, time: number): number {
  let low = 0;
  let high = t.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (t[middle] <= time) low = middle;
    else high = middle;
  }
  return low;
}

/** Sample times at which it has changed from one state to the other: by core sets of the committor, "+" above 1 - d and "-" below d. */
export function switchesOf({ t, committor }: Trace, threshold: number): number[] {
  let isPlus: boolean | null = null;
  return (committor ?? []).flatMap((p, i) => {
    const next: boolean | null = p >= 1 - threshold ? true : p <= threshold ? false : isPlus;
    const switched = isPlus !== null && next !== isPlus;
    isPlus = next;
    return switched ? [t[i]] : [];
  });
}

/** A trajectory with finer samples in their place. */
export function withFiner(trace: Trace, { trace: finer }: Closer): Trace {
  const [first, last] = [finer.t[0], finer.t[finer.t.length - 1]];
  const slack = (last - first) / finer.t.length / 2;
  const outside = trace.t.map((t) => t < first - slack || t > last + slack);
  const before = outside.findIndex((isOut) => !isOut);
  const join = <Value>(own: readonly Value[], closer: readonly Value[]): Value[] => [
    ...own.slice(0, before),
    ...closer,
    ...own.filter((_, i) => i > before && outside[i]),
  ];
  const columns = Object.entries(trace).map(([name, own]) => {
    const closer = finer[name as keyof Trace];
    return [name, own && closer ? join<number | null>(own, closer) : null];
  });
  return Object.fromEntries(columns);
}

/** Whether what was walked anew is the trajectory that was kept: at the samples that both have, up to what float32 rounds. */
export function isSameTrajectory(
  trace: Trace,
  { trace: finer }: Closer,
  from: number,
  parts: number,
): boolean {
  const spin = Math.max(...trace.j);
  return finer.t.every((_, i) => {
    if (i % parts !== 0) return true;
    const own = from + i / parts;
    return trace.j[own] === finer.j[i] && Math.abs(trace.Sz[own] - finer.Sz[i]) < 1e-3 * Math.max(1, spin);
  });
}
