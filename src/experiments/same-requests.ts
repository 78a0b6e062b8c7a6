/** Which requests ask for the same numbers: what tells results of the present parameters from stale ones. */
import { InputError } from '../parameters/errors';
import { checkOptions } from '../parameters/options';
import { ownUnit, sameSystem, systemParameters } from '../parameters/system';
import type { RunRequest } from './check';
import { experimentOf } from './registry';

/** What changes no number of those that are there: how many trajectories are asked for, and pictures of the states and proofs beside them. */
const changesNone: readonly string[] = ['count', 'phaseSpace', 'prove'];

/** However they are said. None that is refused is the same. */
export const sameRequests = (a: readonly RunRequest[], b: readonly RunRequest[]) =>
  a === b || (a.length === b.length && a.every((request, i) => sameRequest(request, b[i])));

function sameRequest(a: RunRequest, b: RunRequest): boolean {
  const [one, other] = [a, b].map(asked);
  return (
    one !== null &&
    other !== null &&
    a.command === b.command &&
    sameSystem(one.parameters, other.parameters) &&
    Object.keys(one.options).every(
      (name) => changesNone.includes(name) || same(one.options[name], other.options[name]),
    )
  );
}

/** Null where it is refused. */
function asked({ command, system, options: raw }: RunRequest) {
  const experiment = experimentOf(command);
  if (experiment === undefined) return null;
  try {
    const parameters =
      experiment.parameters?.(system, raw, experiment.earlier?.(raw)) ?? systemParameters(system);
    const options: Readonly<Record<string, unknown>> = checkOptions(
      experiment.takes,
      raw,
      ownUnit(parameters),
    );
    return { parameters, options };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return null;
  }
}

/** Numbers, texts, and lists of them. */
const same = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b)
    ? a.length === b.length && a.every((entry, i) => entry === b[i])
    : a === b;
