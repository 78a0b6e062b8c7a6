/** Fields that there are for each observable of a trajectory. */
import { type CrssFidelity, type Observable, observables } from '../trajectories/record';
import { type Field, orNull } from './fields';

/** There only with collective decay, and where the slow mode is known. */
const conditional = ['crssFidelity', 'crssFidelityAllJ', 'committor'] as const satisfies readonly (
  | CrssFidelity
  | 'committor'
)[];
type Conditional = (typeof conditional)[number];

/** The field, or null in its place, for each observable. */
export const forEachObservable = <Of extends Field>(field: Of) =>
  Object.fromEntries(
    observables.map((name) => [name, conditional.some((other) => other === name) ? orNull(field) : field]),
  ) as { readonly [Name in Observable]: Name extends Conditional ? Of & { readonly orNull: true } : Of };
