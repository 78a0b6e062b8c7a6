/** What the page runs, by the names that it calls runs by: one of a name at a time, each of one command. */
import type { Command, DocumentOf } from '../../src/experiments/registry';
import { keysOf } from '../../src/parameters/options';
import { decayRatio, type SystemParameters } from '../../src/parameters/system';

export const runCommands = {
  'steady state': 'steady-state',
  'sweep of steady states': 'steady-state',
  relaxation: 'time-evolution',
  gap: 'gap',
  'sweep of gaps': 'gap',
  'closing of the gap': 'gap-scaling',
  'metastable states': 'metastable',
  'sweep of metastable states': 'metastable',
  'phase diagram of steady states': 'steady-state',
  'phase diagram of gaps': 'gap',
  ensemble: 'trajectories',
  light: 'radiation',
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
  'phase diagram of steady states',
  'phase diagram of gaps',
];
/** Whether a run of that name is of several requests, as a sweep's is. */
export const isOfSeveral = (name: RunName) => several.includes(name);

const phaseDiagrams: readonly RunName[] = ['phase diagram of steady states', 'phase diagram of gaps'];

/**
 * What the page calls a run of that command; undefined of one that it has no run of.
 * @param ofRatios its systems of one number of atoms differ in Gamma/gamma, as a phase diagram's do
 */
export function runNameOf(command: Command, ofSeveral: boolean, ofRatios = false): RunName | undefined {
  const names = keysOf(runCommands).filter((name) => runCommands[name] === command);
  const fits = (name: RunName) =>
    isOfSeveral(name) === ofSeveral && phaseDiagrams.includes(name) === (ofSeveral && ofRatios);
  return names.length > 1 ? names.find(fits) : names[0];
}

/** Whether systems of one number of atoms differ in Gamma/gamma; what that comes back with has some last digits of its own. */
export function isOfRatios(
  systems: readonly Pick<SystemParameters, 'atoms' | 'gamma1D' | 'gammaF'>[],
): boolean {
  const [first] = systems;
  return systems.some(
    (system) =>
      system.atoms === first.atoms &&
      Math.abs(decayRatio(system) - decayRatio(first)) > 1e-6 * decayRatio(first),
  );
}
