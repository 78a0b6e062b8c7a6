import type { Pyramid } from './pyramid';

/**
 * Husimi's function of permutation-symmetric states on the sphere of directions, a probability density there:
 *
 *     Q(theta, phi) = sum_j (2j+1)/(4 pi) <theta phi, j| rho_j |theta phi, j>,
 *
 * |theta phi, j> being the coherent state of spin j whose mean spin points along (sin theta cos phi, sin theta sin phi, cos theta) in
 * the paper's axes. Multiplicities are folded into rho_j as everywhere, so that Q integrates to Tr rho.
 *
 * <jm|theta phi> = d_m exp(-i m phi), d_m = sqrt(binomial(2j, j+m)) cos(theta/2)^(j+m) sin(theta/2)^(j-m). The real gauge's axes are
 * turned by a quarter about z: there the azimuth is phi + pi/2.
 */

/** Q[ring][azimuth] at theta = (ring + 1/2) pi/rings and phi = 2 pi azimuth/azimuths. */
export type SphereGrid = readonly ArrayLike<number>[];

/**
 * The rings of a grid that holds Q of N atoms: with 2 rings azimuths it fixes every function of a degree below the number of rings.
 * Q is of degree N, yet what a state has at degree l is damped by exp(-l(l+1)/2N) about: beyond 6 sqrt(N) nothing is left that float64
 * would tell.
 */
export const husimiRings = (atoms: number) => Math.min(atoms, Math.ceil(6 * Math.sqrt(atoms))) + 1;

/** Amplitudes this far below a coherent state's largest are left out: float64 does not see their part. */
const NOTHING = 1e-17;

interface CoherentState {
  /** the first row r = j + m that counts */
  readonly from: number;
  /** d_m from there up */
  readonly amplitudes: Float64Array;
}

/** The moduli of <jm|theta phi>, outwards from the largest by their ratios. */
export function coherentState(j: number, theta: number): CoherentState {
  const last = 2 * j;
  const [up, down] = [Math.cos(theta / 2), Math.sin(theta / 2)];
  const peak = Math.min(last, Math.floor((last + 1) * up ** 2));
  const all = new Float64Array(last + 1);
  all[peak] = 1;
  let [from, to] = [peak, peak];
  while (to < last && all[to] > NOTHING) {
    all[to + 1] = (all[to] * Math.sqrt((last - to) / (to + 1)) * up) / down;
    to++;
  }
  while (from > 0 && all[from] > NOTHING) {
    all[from - 1] = (all[from] * Math.sqrt(from / (last - from + 1)) * down) / up;
    from--;
  }
  const amplitudes = all.slice(from, to + 1);
  const norm = Math.hypot(...amplitudes);
  return { from, amplitudes: amplitudes.map((d) => d / norm) };
}

/**
 * Q of a packed operator, ring by ring.
 * @param rho R of the symmetric sector, packed, and B behind it where there is one, rho_rc = R + iB for c <= r
 */
export function husimiOfRho(
  pyramid: Pyramid,
  rho: ArrayLike<number>,
  rings = husimiRings(pyramid.atoms),
): Float64Array[] {
  const { blocks, unknowns, atoms } = pyramid;
  const isReal = rho.length === unknowns;
  const turns = azimuthalTurns(atoms, 2 * rings);
  return Array.from({ length: rings }, (_, ring) => {
    // Q = sum_k (even_k cos k phi' - odd_k sin k phi')
    const even = new Float64Array(atoms + 1);
    const odd = new Float64Array(atoms + 1);
    for (const { j, offset } of blocks) {
      const { from, amplitudes: d } = coherentState(j, ((ring + 0.5) * Math.PI) / rings);
      const share = (2 * j + 1) / (4 * Math.PI);
      for (let a = 0; a < d.length; a++) {
        const r = from + a;
        const row = offset + (r * (r + 1)) / 2 + from;
        const weight = 2 * share * d[a];
        even[0] += (weight / 2) * d[a] * rho[row + a];
        for (let b = 0; b < a; b++) even[a - b] += weight * d[b] * rho[row + b];
        if (isReal) continue;
        for (let b = 0; b < a; b++) odd[a - b] += weight * d[b] * rho[unknowns + row + b];
      }
    }
    return turns.map(({ cos, sin }) => {
      let sum = 0;
      for (let k = 0; k <= atoms; k++) sum += even[k] * cos[k] - odd[k] * sin[k];
      return sum;
    });
  }).map((ring) => Float64Array.from(ring));
}

/**
 * Q of a pure state: 2j+1 amplitudes of spin j from m = -j up, in the real gauge.
 * @param imaginary their imaginary parts, where they have any
 */
export function husimiOfPsi(
  j: number,
  psi: ArrayLike<number>,
  imaginary: ArrayLike<number> | undefined,
  rings: number,
): Float64Array[] {
  const turns = azimuthalTurns(2 * j, 2 * rings);
  return Array.from({ length: rings }, (_, ring) => {
    const { from, amplitudes: d } = coherentState(j, ((ring + 0.5) * Math.PI) / rings);
    const values = turns.map(({ cos, sin }) => {
      let [re, im] = [0, 0];
      for (let a = 0; a < d.length; a++) {
        const r = from + a;
        const [x, y] = [psi[r], imaginary?.[r] ?? 0];
        re += d[a] * (cos[r] * x - sin[r] * y);
        im += d[a] * (sin[r] * x + cos[r] * y);
      }
      return ((2 * j + 1) / (4 * Math.PI)) * (re ** 2 + im ** 2);
    });
    return Float64Array.from(values);
  });
}

/** cos and sin of k phi', k from 0 to the most, at every azimuth. */
function azimuthalTurns(most: number, azimuths: number) {
  return Array.from({ length: azimuths }, (_, i) => {
    const angle = (2 * Math.PI * i) / azimuths + Math.PI / 2;
    return {
      cos: Float64Array.from({ length: most + 1 }, (_, k) => Math.cos(k * angle)),
      sin: Float64Array.from({ length: most + 1 }, (_, k) => Math.sin(k * angle)),
    };
  });
}

/** The Hilbert-Schmidt norm of what Q measures at one point: |Q of x| <= norm |x| for an error x of the state. */
export const husimiNorm = ({ blocks }: Pyramid) =>
  Math.hypot(...blocks.map(({ j }) => (2 * j + 1) / (4 * Math.PI)));

/**
 * The grid's function on a finer one, row by row: rows at theta = 0 to pi with both ends and columns at phi = 0 to 2 pi without the
 * second. Exact for what the grid fixes: every great circle through the poles is a closed curve of 2 rings equal steps, and so is every ring.
 */
export function refined(grid: SphereGrid, rows: number, columns: number): (row: number) => Float64Array {
  const rings = grid.length;
  const azimuths = 2 * rings;
  const around = Array.from({ length: columns }, (_, column) =>
    interpolation(azimuths, (2 * Math.PI * column) / columns, 0),
  );
  return (row) => {
    const along = interpolation(azimuths, (Math.PI * row) / (rows - 1), Math.PI / azimuths);
    const ring = new Float64Array(azimuths);
    for (let i = 0; i < rings; i++) {
      for (let azimuth = 0; azimuth < azimuths; azimuth++) {
        // Down this meridian, and up the one on the other side.
        const opposite = azimuth < rings ? azimuth + rings : azimuth - rings;
        ring[azimuth] += along[i] * grid[i][azimuth] + along[azimuths - 1 - i] * grid[i][opposite];
      }
    }
    return Float64Array.from(around, (weights) => {
      let sum = 0;
      for (let azimuth = 0; azimuth < azimuths; azimuth++) sum += weights[azimuth] * ring[azimuth];
      return sum;
    });
  };
}

/** What each of `points` equal steps, from `first` on, weighs in the value of a trigonometric polynomial of a degree below points/2. */
function interpolation(points: number, at: number, first: number): Float64Array {
  return Float64Array.from({ length: points }, (_, i) => {
    const x = at - first - (2 * Math.PI * i) / points;
    // 1 + 2 sum of cos kx, k from 1 to points/2 - 1
    const half = Math.sin(x / 2);
    return (Math.abs(half) < 1e-12 ? points - 1 : Math.sin(((points - 1) * x) / 2) / half) / points;
  });
}
