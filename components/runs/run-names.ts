/** What the page runs, by the names that it calls runs by: one of a name at a time, each of one command. */
import type { Command, DocumentOf } from '../../src/experiments/registry';

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
