/** What GPU this is, and whether its float32 does what the kernels rely on. */
import type { Experiment } from '../experiment';
import {
  adapterFields,
  type Fields,
  flag,
  group,
  list,
  number,
  type ResultOf,
  record,
  text,
} from '../fields';

const fields = {
  info: group(adapterFields),
  limits: record,
  features: list(text()),
  checks: list(group({ name: text(), passed: flag, worst: number(), allowed: number() })),
} as const satisfies Fields;
export type AdapterResult = ResultOf<typeof fields>;

export const adapter = {
  command: 'adapter',
  does: 'what GPU this is, and its float32 self-test against float64',
  takes: {},
  engines: 'gpu',
  fields,
  seconds: () => 2,
  options: () => null,
} as const satisfies Experiment<null, AdapterResult>;
