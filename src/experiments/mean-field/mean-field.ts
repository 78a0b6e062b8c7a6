/** The mean field's steady states and where it is bistable: no GPU needed. */
import { needEquation1 } from '../../parameters/system';
import type { Experiment } from '../experiment';
import { type Fields, flag, group, list, number, orNull, type ResultOf } from '../fields';

const fields = {
  /** by rising sz; per atom */
  branches: list(
    group({
      sz: number(),
      sy: number(),
      stable: flag,
      /** xi^2 by Eq. (7), which rests on a long mean spin; null but on the lower branch */
      squeezing: orNull(number()),
    }),
  ),
  /** in Omega/Omega_c; null where no drive gives two stable branches */
  bistable: orNull(group({ from: number(), to: number() })),
} as const satisfies Fields;
export type MeanFieldResult = ResultOf<typeof fields>;

export const meanField = {
  command: 'mean-field',
  does: 'branches, stability, bistable interval, squeezing by Eq. (7)',
  takes: {},
  engines: 'cpu',
  fields,
  seconds: () => 0.01,
  options: (_, parameters) => {
    needEquation1(parameters, 'mean-field');
    return null;
  },
} as const satisfies Experiment<null, MeanFieldResult>;
