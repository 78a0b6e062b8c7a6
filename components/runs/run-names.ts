/** What the page runs, by the names that it calls runs by: one of a name at a time, each of one command. */
import type { Command, DocumentOf } from '../../src/experiments/registry';
import { keysOf } from '../../src/parameters/options';

export const runCommands = {
  'steady state': 'steady-state',
  'sweep of steady states': 'steady-state',
  relaxation: 'time-evolution',
  gap: 'gap',
  'sweep of gaps': 'gap',
  'closing of the gap': 'gap-scaling',
  'metastable states': 'metastable',
  'sweep of metastable states': 'metastable',
  ensemble: 'trajectories',
  'self-test': 'adapter',
} as const satisfies Readonly<Record<string, Command>>;

export type RunName = keyof typeof runCommands;

/** The documents that a run of that name makes. */
export type DocumentsOf<Name extends RunName> = readonly DocumentOf<(typeof runCommands)[Name]>[];

const several: readonly RunName[] = [
  'sweep of steady states',
  'relaxation',
  'sweep of gaps',
  'sweep of metastable states',
];
/** Whether a run of that name is of several requests, as a sweep's is. */
export const isOfSeveral = (name: RunName) => several.includes(name);

/** What the page calls a run of that command; undefined of one that it has no run of. */
export function runNameOf(command: Command, ofSeveral: boolean): RunName | undefined {
  const names = keysOf(runCommands).filter((name) => runCommands[name] === command);
  return names.length > 1 ? names.find((name) => isOfSeveral(name) === ofSeveral) : names[0];
}
