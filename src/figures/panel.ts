/** What a panel of a figure is, and the requests that most of them are made of. */
import type { PlotSpec } from '../drawing/plot-spec';
import type { ResultDocument } from '../experiments/experiment';
import { type Command, type DocumentOf, isOf } from '../experiments/registry';
import type { RunRequest } from '../experiments/run';
import type { Figure, Preset } from '../parameters/presets';
import { systemParameters } from '../parameters/system';
import type { FigureOption, FigureOptions } from './figure-options';
import { sweepOf, sweepRequests } from './sweep';

/** One picture of a panel. */
export interface PanelPlot {
  /** of its files' names, after the number; empty of a panel that is one picture */
  readonly part: string;
  readonly spec: PlotSpec;
}

export interface Panel {
  /** whose system and sweep it shows */
  readonly preset: Figure;
  /** for a person, in the markup of `notation`; left out where it is the preset's */
  readonly shows?: string;
  /** what may be said in place of its own */
  readonly takes: readonly FigureOption[];
  /** whether it compares several numbers of atoms */
  readonly comparesAtoms?: boolean;
  readonly requests: (preset: Preset, asked: FigureOptions) => RunRequest[];
  readonly plots: (documents: readonly ResultDocument[]) => readonly PanelPlot[];
}

export const whole = (spec: PlotSpec): readonly PanelPlot[] => [{ part: '', spec }];

export const of = <Name extends Command>(documents: readonly ResultDocument[], command: Name) =>
  documents.filter((document): document is DocumentOf<Name> => isOf(document, command));

/** The preset's system, with what was said in place of its own. */
const systemOf = ({ system }: Preset, { atoms, drive }: FigureOptions) => ({
  ...system,
  ...(atoms && { atoms: atoms[0] }),
  ...(drive !== undefined && { drive }),
});

export const one =
  (command: Command, options: RunRequest['options'] = {}): Panel['requests'] =>
  (preset, asked) => [{ command, system: systemOf(preset, asked), options }];

/** Over the preset's drives, for each of its numbers of atoms. */
export const swept =
  (command: Command): Panel['requests'] =>
  (preset, asked) => {
    const { sweep } = preset;
    const { drives } = sweepOf({ ...sweep!.drive!, ...(asked.points && { points: asked.points }) });
    // A figure that compares none keeps its rates with another number of atoms.
    const { drive: _drive, ...undriven } = systemOf(preset, sweep?.atoms ? {} : asked);
    const compared = sweep?.atoms ? (asked.atoms ?? sweep.atoms) : [];
    return sweepRequests(command, undriven, systemParameters(undriven), { atoms: compared, drives });
  };

/** Times of a preset in the unit that its rates leave. */
export function timesOf({ system, sweep }: Preset, { points }: FigureOptions) {
  const { to, points: own } = sweep!.time!;
  const { gammaF } = systemParameters(system);
  return { time: Number((to / gammaF).toPrecision(7)), samples: (points ?? own) - 1 };
}
