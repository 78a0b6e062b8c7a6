/**
 * How every experiment is computed. Each is loaded when it is first run: pages and files know the experiments by
 * `registry.ts`, and hold no engine.
 */
import type { Computation } from './experiment';
import type { Command, Options, Results } from './registry';

type Computations = {
  readonly [Name in Command]: () => Promise<Computation<Options[Name], Results[Name]>>;
};

const computations: Computations = {
  'mean-field': () => import('./mean-field/mean-field-run'),
  'steady-state': () => import('./spectrum/steady-state-run'),
  gap: () => import('./spectrum/gap-run'),
  metastable: () => import('./spectrum/metastable-run'),
  'gap-scaling': () => import('./spectrum/gap-scaling-run'),
  'time-evolution': () => import('./spectrum/time-evolution-run'),
  trajectories: () => import('./trajectories/trajectories-run'),
  radiation: () => import('./radiation/radiation-run'),
  cavity: () => import('./cavity/cavity-run'),
  adapter: () => import('./self-test/adapter-run'),
};

export const computationOf = <Name extends Command>(
  command: Name,
): Promise<Computation<Options[Name], Results[Name]>> => computations[command]();
