/** The mean field's steady states and where it is bistable: no GPU needed. */
import type { Experiment } from '../experiment';
import { type Fields, flag, group, list, number, optional, orNull, type ResultOf } from '../fields';

const fields = {
  /** by rising sz; per atom */
  branches: list(
    group({
      sz: number(),
      sx: optional(number()),
      sy: number(),
      /** where it is a circle of steady states: whether that attracts */
      stable: flag,
      /** xi^2 by Eq. (7), which rests on a long mean spin; null but on the lower branch, and in the general model */
      squeezing: orNull(number()),
      /**
       * Null of one that stands still. Without drive a laser has a circle of them about z, of which (sx, 0, sz) is one: this is the
       * angular frequency at which a spin goes round.
       */
      circling: optional(orNull(number('rate'))),
    }),
  ),
  /** in Omega/Omega_c; null where no drive gives two stable branches, and where there is no Omega_c */
  bistable: orNull(group({ from: number(), to: number() })),
  /** the same in Omega */
  bistableOmega: optional(orNull(group({ from: number('rate'), to: number('rate') }))),
  /** one that the flow was found to settle on, and between which sz it swings, to about 1e-6; null where none was found */
  limitCycle: optional(
    orNull(group({ period: number('1/rate'), sz: group({ from: number(), to: number() }) })),
  ),
} as const satisfies Fields;
export type MeanFieldResult = ResultOf<typeof fields>;

export const meanField = {
  command: 'mean-field',
  does: 'branches, stability, bistable interval, limit cycles, squeezing by Eq. (7)',
  takes: {},
  engines: 'cpu',
  fields,
  seconds: () => 0.01,
  options: () => null,
} as const satisfies Experiment<null, MeanFieldResult>;
