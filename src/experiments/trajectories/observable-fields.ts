/** Fields that there are for each observable of a trajectory. */
import {
  type ComplexObservable,
  type Conditional,
  type Current,
  complexObservables,
  currents,
  factsOf,
  type Observable,
} from '../../trajectories/observables';
import { type Field, optional, orNull } from '../fields';

type FieldOf<Name, Of> = Name extends Conditional ? Of & { readonly orNull: true } : Of;

/** The field for each of these observables; it may be null for one that rests on something. */
export const forEachObservable = <Of extends Field, Name extends Observable>(
  field: Of,
  names: readonly Name[],
) =>
  Object.fromEntries(
    names.map((name) => [name, factsOf(name).needs === undefined ? field : orNull(field)]),
  ) as { readonly [One in Name]: FieldOf<One, Of> };

/** The field for each that only a system off resonance or with a collective shift has. */
export const forEachComplexObservable = <Of extends Field>(field: Of) =>
  Object.fromEntries(complexObservables.map((name) => [name, optional(field)])) as {
    readonly [One in ComplexObservable]: Of & { readonly optional: true };
  };

/** The field for each current of a detector, which only diffusive trajectories have. */
export const forEachCurrent = <Of extends Field>(field: Of) =>
  Object.fromEntries(currents.map((name) => [name, optional(field)])) as {
    readonly [One in Current]: Of & { readonly optional: true };
  };
