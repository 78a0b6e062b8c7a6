/** What is proven: theorems about the system whose rates the result tells, not estimates (docs/guide/proofs.md). */
import { type Fields, group, inFull, optional, orNull, type ResultOf } from '../fields';
import { momentFields } from './state-fields';

type Provable = keyof typeof momentFields;
/** Means in the steady state that can be proven. */
export const provable = Object.keys(momentFields) as Provable[];

export const proveMeans = {
  value: { kind: 'choices', of: provable },
  help: 'also encloses these means between proven bounds',
} as const;

const interval = optional(group({ lower: inFull(), upper: inFull() }));

/** By mean: no value of it lies outside. There where it was asked for and could be done. */
export const provenMeans = optional(
  group(Object.fromEntries(provable.map((name) => [name, interval])) as Record<Provable, typeof interval>),
);

export const proveLifetime = {
  value: { kind: 'choice', of: ['off', 'on'], default: 'off' },
  help: 'on: also proves how exactly, and until when, the memory of a branch decays exponentially',
} as const;

/**
 * For every state and time there is a committor q, between 0 and 1, that decays as exp(-rate t) to its steady value within this distance; and rho_1 does
 * within a hundredth of itself until that time. Null where that could not be proven, as for a pair.
 */
const lifetimeFields = {
  rate: inFull('rate'),
  within: inFull(),
  until: inFull('1/rate'),
} as const satisfies Fields;
export const provenLifetime = optional(orNull(group(lifetimeFields)));
export type ProvenLifetime = ResultOf<typeof lifetimeFields>;

/** How a result tells of which means were to be proven. */
export const toldMeans = ({ proven }: { readonly proven?: object | undefined }) => ({
  prove: (proven && Object.keys(proven).join(',')) || undefined,
});
