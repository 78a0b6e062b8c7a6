/** The master equation in time from the twin's coefficients: what figure S3 is to look like. */
import { crssAmplitudes, crssEigenvalue, crssFidelity } from '../../src/operators/crss';
import { momentsOfRho } from '../../src/operators/moments';
import { Pyramid } from '../../src/operators/pyramid';
import type { SystemParameters } from '../../src/parameters/system';
import { forEachCoefficient } from '../../src/twin/liouvillian';

/** Runge-Kutta steps between samples: at figure S3's rates twice and a half finer than what is stable, and within 1e-7 of four times as many. */
const steps = 125;

export function relaxation(
  system: SystemParameters,
  start: 'ground' | 'excited' | 'crss',
  time: number,
  samples: number,
) {
  const pyramid = new Pyramid(system.atoms);
  const entries: [row: number, column: number, value: number][] = [];
  forEachCoefficient(system, pyramid, (...entry) => entries.push(entry));
  const rows = Int32Array.from(entries, ([row]) => row);
  const columns = Int32Array.from(entries, ([, column]) => column);
  const values = Float64Array.from(entries, ([, , value]) => value);
  const apply = (x: Float64Array) => {
    const y = new Float64Array(x.length);
    for (let k = 0; k < values.length; k++) y[rows[k]] += values[k] * x[columns[k]];
    return y;
  };
  const s = crssEigenvalue(system);
  const [{ j, dim }] = pyramid.blocks;
  const psi =
    start === 'crss'
      ? crssAmplitudes(j, s)
      : Float64Array.from({ length: dim }, (_, r) => Number(r === (start === 'ground' ? 0 : dim - 1)));
  let rho: Float64Array = new Float64Array(pyramid.unknowns);
  for (let r = 0; r < dim; r++) for (let c = 0; c <= r; c++) rho[pyramid.index(0, r, c)] = psi[r] * psi[c];
  const Sz = [momentsOfRho(pyramid, rho).Sz];
  const fidelity = [crssFidelity(pyramid, rho, s)];
  const h = time / samples / steps;
  const moved = (by: number, k: Float64Array) => rho.map((value, i) => value + by * k[i]);
  for (let sample = 0; sample < samples; sample++) {
    for (let step = 0; step < steps; step++) {
      const k1 = apply(rho);
      const k2 = apply(moved(h / 2, k1));
      const k3 = apply(moved(h / 2, k2));
      const k4 = apply(moved(h, k3));
      rho = rho.map((value, i) => value + (h / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]));
    }
    Sz.push(momentsOfRho(pyramid, rho).Sz);
    fidelity.push(crssFidelity(pyramid, rho, s));
  }
  return { Sz, crssFidelity: fidelity };
}
