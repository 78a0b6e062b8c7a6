/** What stands on the page's spheres: a state's Q, its mean spin, the mean field, and the words to it. */
import { short } from '../../src/drawing/number';
import type { Ink } from '../../src/drawing/plot-spec';
import type { Table } from '../../src/drawing/plot-table';
import { meanFieldBranches } from '../../src/mean-field/branches';
import { meanFieldOf } from '../../src/mean-field/equations';
import { crssAmplitudes, crssAngle, crssEigenvalue } from '../../src/operators/crss';
import { husimiOfPsi, type SphereGrid } from '../../src/operators/husimi';
import { momentsOfPsi, type SpinMoments } from '../../src/operators/moments';
import type { SystemParameters } from '../../src/parameters/system';
import { type FieldPoint, type OnSphere, widest } from './sphere-paint';
import type { SphereTexture } from './sphere-raster';
import { type Pictures, type StateName, stateLooks } from './state-names';

export type BallName = StateName | 'walk';

export interface Ball {
  readonly name: BallName;
  /** in the markup of `notation` */
  readonly title: string;
  readonly ink: Ink;
  readonly texture: SphereTexture | null;
  readonly on: OnSphere;
  /** before the rest of its caption, in the markup of `notation` */
  readonly about: string;
}

/** The mean field's steady states, of which a circle has no place of its own. */
export function fieldPoints(parameters: SystemParameters): readonly FieldPoint[] {
  const branches = meanFieldBranches(meanFieldOf(parameters)).filter(({ circling }) => circling === null);
  const stable = branches.filter((branch) => branch.stable);
  return branches.map((branch) => ({
    direction: [branch.sx, branch.sy, branch.sz],
    ink: !branch.stable ? 'unstable' : branch === stable[0] ? 'lower' : 'upper',
  }));
}

/** Q and moments of the CRSS of j = N/2; null without collective decay. */
export function crssOf(
  parameters: SystemParameters,
  rings: number,
): { Q: SphereGrid; moments: SpinMoments } | null {
  if (parameters.gamma1D === 0) return null;
  const j = parameters.atoms / 2;
  const moduli = crssAmplitudes(j, crssEigenvalue(parameters));
  const angle = crssAngle(parameters);
  const re = moduli.map((c, r) => c * Math.cos(angle * r));
  const im = moduli.map((c, r) => c * Math.sin(angle * r));
  return { Q: husimiOfPsi(j, re, im, rings), moments: momentsOfPsi(parameters.atoms, j, re, im) };
}

export function captionOf({ texture, on: { spin, atoms }, about }: Ball): string {
  const most = texture ? `${about}*Q* up to ${short(Number(texture.most.toPrecision(3)))}` : '';
  if (spin === null) return most;
  const [least, largest] = spin.deviations;
  const squeezing = `*ξ*^2 = ${short(least ** 2 * atoms)}`;
  return `${most}, ${squeezing}${largest > widest ? ', the spin too uncertain for an ellipse' : ''}`;
}

/** What a sphere shows, for a person who cannot see it. */
export function inWords({ name, texture, on: { spin } }: Ball): string {
  const names = {
    steady: 'the steady state',
    plus: 'rho plus',
    minus: 'rho minus',
    walk: 'the trajectory now',
  };
  const way = spin
    ? `the mean spin points along theta ${short(degrees(Math.acos(spin.mean[2])))}, phi ${short(degrees(Math.atan2(spin.mean[1], spin.mean[0])))} degrees`
    : 'there is no mean spin';
  return `Husimi Q of ${names[name]}: ${texture ? `at most ${short(texture.most)}, ` : ''}${way}.`;
}

const degrees = (radians: number) => Math.round((radians * 180) / Math.PI);

/** A line for every point of the grid: Q of each state, with its error. */
export function sphereTable(
  pictures: Pictures,
  errors: Readonly<Record<StateName, number>>,
  crss: SphereGrid | null,
): Table {
  const rings = pictures.steady.Q.length;
  return {
    columns: [
      'theta',
      'phi',
      ...['Q of ρ_s', 'Q of ρ_+', 'Q of ρ_−'].flatMap((name) => [name, `${name}, error`]),
      ...(crss ? ['Q of the CRSS'] : []),
    ],
    rows: pictures.steady.Q.flatMap((ring, i) =>
      ring.map((_, k) => [
        ((i + 0.5) * Math.PI) / rings,
        (Math.PI * k) / rings,
        ...stateLooks.flatMap(({ name }) => [pictures[name].Q[i][k], errors[name]]),
        ...(crss ? [crss[i][k]] : []),
      ]),
    ),
  };
}
