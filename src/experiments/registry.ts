/**
 * Every experiment, in the order in which they are listed: a command is a file of what it declares, with its line here, and
 * one of how it is computed, with its line in `computations.ts`.
 */

import { InputError } from '../parameters/errors';
import type { NamedDocument } from '../parameters/options';
import { cavity } from './cavity/cavity';
import type { Experiment, ResultDocument, Shape } from './experiment';
import type { ResultOf } from './fields';
import { meanField } from './mean-field/mean-field';
import { radiation } from './radiation/radiation';
import { readDocument } from './read-document';
import { adapter } from './self-test/adapter';
import { gap } from './spectrum/gap';
import { gapScaling } from './spectrum/gap-scaling';
import { metastable } from './spectrum/metastable';
import { steadyState } from './spectrum/steady-state';
import { timeEvolution } from './spectrum/time-evolution';
import { trajectories } from './trajectories/trajectories';

export const registry = [
  meanField,
  steadyState,
  gap,
  metastable,
  gapScaling,
  timeEvolution,
  trajectories,
  radiation,
  cavity,
  adapter,
] as const;

type Registered = (typeof registry)[number];
export type Command = Registered['command'];
export const commands: readonly Command[] = registry.map(({ command }) => command);

export type Declared<Name extends Command> = Extract<Registered, { command: Name }>;
export type Options = { readonly [Name in Command]: ReturnType<Declared<Name>['options']> };
export type Results = { readonly [Name in Command]: ResultOf<Declared<Name>['fields']> };

/** The document of a command; of several, told apart by its `command`. */
export type DocumentOf<Name extends Command = Command> = {
  [One in Name]: ResultDocument<Results[One], One>;
}[Name];

export const isOf = <Name extends Command>(
  document: ResultDocument,
  command: Name,
): document is DocumentOf<Name> => document.command === command;

/** One of them, whichever. */
export interface Listed extends Experiment<unknown, unknown> {
  readonly command: Command;
}

/** What is known of that command's results. */
export function shapeOf(command: string): Shape {
  const experiment = experimentOf(command);
  if (experiment === undefined) throw new Error(`No experiment is called ${command}.`);
  return experiment;
}

/** The experiment of that name, if there is one. */
export const experimentOf = (command: string): Listed | undefined =>
  registry.find((experiment) => experiment.command === command);

/** A document of whichever command. @throws InputError as `readDocument` does */
export function readAny(argument: string, named: NamedDocument): DocumentOf {
  const { command } = { ...(named.document as object | null) } as { command?: unknown };
  const experiment = experimentOf(String(command));
  if (experiment === undefined)
    throw new InputError(argument, named.name, `a JSON result of ${commands.join(', ')}`);
  return readDocument(argument, named, experiment) as DocumentOf;
}
