/** What may be said of a figure in place of its own: numbers of atoms, points of its axis, and the like. */
import { trajectoryTable } from '../experiments/trajectories/trajectory-table';
import type { OptionTable, Values } from '../parameters/options';
import { MAX_ATOMS } from '../parameters/system-options';

/** What is not said is the figure's own. */
const withoutDefault = <Kind extends object>({
  default: _default,
  ...kind
}: Kind & { readonly default: number }) => kind;

export const figureTable = {
  atoms: {
    value: { kind: 'whole numbers', from: 2, to: MAX_ATOMS },
    placeholder: 'N,N,...',
    help: 'number of atoms, or several where the figure compares them',
  },
  drive: {
    value: { kind: 'number', from: 0, to: 100, means: 'Omega/Omega_c' },
    placeholder: 'X',
    help: 'drive Omega/Omega_c of a figure at one drive',
  },
  points: {
    value: { kind: 'whole number', from: 2, to: 401 },
    help: 'drives of a sweep, or times, equally spaced, both ends included',
  },
  trajectories: {
    value: {
      kind: 'whole number',
      from: trajectoryTable.count.value.from,
      to: trajectoryTable.count.value.to,
    },
    help: 'number of trajectories of the ensemble',
  },
  seed: {
    value: withoutDefault(trajectoryTable.seed.value),
    help: 'of the ensemble: the same seed gives the same numbers',
  },
} as const satisfies OptionTable;

/** undefined is the figure's own */
export type FigureOptions = Partial<Values<typeof figureTable>>;
export type FigureOption = keyof FigureOptions;
