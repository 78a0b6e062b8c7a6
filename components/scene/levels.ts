/** What the pictures of the scene share: the axis of s_z, the values on it that stand still, and the colours of the two states. */
import type { Ink, PlotAxis } from '../../src/drawing/plot-spec';
import type { TwoStates } from '../../src/experiments/spectrum/two-states';
import { inversionAxis } from '../../src/figures/mean-field-plots';
import type { Branch } from '../../src/mean-field/branches';
import type { SystemParameters } from '../../src/parameters/system';

/** rho_+ is where the committor leads, or rho_-; neither while it is not known. */
export const inkOf = (p: number | null): Ink => (p === null ? 'trace' : p >= 0.5 ? 'lower' : 'upper');

/** A value of s_z that stands still: a stable branch of the mean field (dashed), or <S_z> of rho_+ or rho_-. */
export interface SceneLevel {
  readonly sz: number;
  readonly label: string;
  readonly ink: Ink;
  readonly dashed: boolean;
  /** written on it; empty of a branch */
  readonly name: string;
}

export function levelsOf(
  { atoms }: SystemParameters,
  branches: readonly Branch[],
  states: TwoStates | null,
): SceneLevel[] {
  const stable = branches.filter(({ stable }) => stable);
  const known: SceneLevel[] = states
    ? [
        { sz: (2 * states.plus.Sz) / atoms, label: '*ρ*_+', ink: 'lower', dashed: false, name: 'ρ₊' },
        { sz: (2 * states.minus.Sz) / atoms, label: '*ρ*_−', ink: 'upper', dashed: false, name: 'ρ₋' },
      ]
    : [];
  return [
    ...stable.map(
      ({ sz }, i): SceneLevel => ({
        ...{ sz, dashed: true, name: '', ink: i === 0 ? 'lower' : 'upper' },
        label: stable.length === 1 ? 'mean field' : i === 0 ? 'lower branch' : 'upper branch',
      }),
    ),
    ...known,
  ];
}

/** Of s_z, with room above 0 for where trajectories get: some spreads of as many independent spins. */
export function sharedAxis(system: SystemParameters): PlotAxis {
  const axis = inversionAxis(system, 'inversion per atom *s*_z');
  return { ...axis, max: Math.min(1.04, Math.max(axis.max!, 0.04 + 2.5 / Math.sqrt(system.atoms))) };
}
