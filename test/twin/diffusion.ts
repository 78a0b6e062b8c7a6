/**
 * One trajectory of homodyne or heterodyne detection in float64, plainly: slow and independent of both engines. It draws the same
 * Philox blocks and takes the same steps, exp(D h/2) A exp(D h/2) with A to third order in b = a - <a>.
 */
import { driftTable } from '../../src/operators/drift';
import { lowering } from '../../src/operators/ladder';
import { seedWords } from '../../src/parameters/seed';
import type { SystemParameters } from '../../src/parameters/system';
import { type Detection, idealDetection } from '../../src/trajectories/detection';
import { stepReach } from '../../src/trajectories/diffusion-memory';
import { philox, uniform01 } from '../../src/twin/philox';
import { decide, evolve, jump, observed, type State, type TwinTrajectory, wait } from './photodetection';

type Complex = readonly [re: number, im: number];
const times = (x: Complex, y: Complex): Complex => [x[0] * y[0] - x[1] * y[1], x[0] * y[1] + x[1] * y[0]];
const plus = (...all: readonly Complex[]): Complex => [
  all.reduce((sum, [re]) => sum + re, 0),
  all.reduce((sum, [, im]) => sum + im, 0),
];
const scaled = (factor: number, [re, im]: Complex): Complex => [factor * re, factor * im];

type Vector = readonly Complex[];
const inner = (x: Vector, y: Vector): Complex => plus(...x.map(([re, im], r) => times([re, -im], y[r])));
const sum = (...all: readonly Vector[]): Vector => all[0].map((_, r) => plus(...all.map((x) => x[r])));
const by = (factor: Complex, x: Vector): Vector => x.map((value) => times(factor, value));

const normals = (radial: number, angular: number): readonly [number, number] => {
  const radius = Math.sqrt(-2 * Math.log(uniform01(radial)));
  const angle = 2 * Math.PI * uniform01(angular);
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
};

/** As `photodetectionTwin`. @param quadratures how many are detected: 1 at the phase, or 2 at 0 and pi/2 */
export function diffusionTwin(
  system: SystemParameters,
  seed: number,
  trajectory: number,
  time: number,
  samples: number,
  committor: Float64Array | null = null,
  quadratures: 1 | 2 = 1,
  { phase, efficiency }: Detection = idealDetection,
): TwinTrajectory {
  const { atoms } = system;
  const jumping = { ...system, gamma1D: 0 };
  const bounds = driftTable(jumping).map(({ bound }) => bound);
  const longest = driftTable(system).map(({ radius }) => stepReach / radius);
  const ground = Array.from({ length: atoms + 1 }, (_, r) => (r === 0 ? 1 : 0));
  const state: State = { j: atoms / 2, psi: [ground, ground.map(() => 0)] };
  const taken: TwinTrajectory['samples'][number][] = [];
  const jumps: TwinTrajectory['jumps'][number][] = [];
  const number = [trajectory >>> 0, Math.floor(trajectory / 2 ** 32)] as const;
  const words = (n: number, stream: number) => philox([n, stream, ...number], seedWords(seed));
  let event = 0;
  const draw = () => words(event++, 0);
  let Y = [0, 0];
  /** a psi in the paper's axes, where the real gauge's S_- is -i S_- */
  const lowered = (x: Vector): Vector =>
    x.map(
      (_, r): Complex =>
        r + 1 < x.length
          ? times([0, Math.sqrt(system.gamma1D) * lowering(state.j, r + 1 - state.j)], x[r + 1])
          : [0, 0],
    );

  /** A, with the noise of each quadrature. */
  const detect = (h: number, noise: readonly number[]) => {
    const phases = quadratures === 1 ? [phase] : [0, Math.PI / 2];
    const psi: Vector = state.psi[0].map((re, r): Complex => [re, state.psi[1][r]]);
    const a = lowered(psi);
    const mean = inner(psi, a);
    const photons = inner(a, a)[0];
    // The operators c_k = f_k a of the quadratures X_k = c_k + c_k^+.
    const f = phases.map((angle) => scaled(1 / Math.sqrt(quadratures), [Math.cos(angle), -Math.sin(angle)]));
    const x = f.map((factor) => 2 * times(factor, mean)[0]);
    const slopes = f.map((factor, k) => 2 * times(factor, inner(a, lowered(a)))[0] - photons * x[k]);
    // <:X_k X_l:> - <X_k><X_l>
    const covariance = f.map((one, k) =>
      f.map((other, l) => {
        const pair = times(times(one, other), inner(psi, lowered(a)))[0];
        const ordered = times([one[0], -one[1]], other)[0] * photons;
        return 2 * (pair + ordered) - x[k] * x[l];
      }),
    );
    const own = x.map(
      (value, k) =>
        h * value +
        (h ** 2 / 2) * slopes[k] +
        Math.sqrt(h) *
          (noise[k] + (h / 2) * covariance[k].reduce((total, value, l) => total + value * noise[l], 0)),
    );
    Y = Y.map((value, k) => value + (own[k] ?? 0));
    // sum_k c_k Y_k - c_k^2 h/2 = z a - s a^2/2
    const z = plus(...f.map((factor, k) => scaled(own[k], factor)));
    const s = plus(...f.map((factor) => scaled(h, times(factor, factor))));
    const z1 = plus(z, scaled(-1, times(s, mean)));
    const b = (v: Vector) => sum(lowered(v), by(scaled(-1, mean), v));
    const first = b(psi);
    const second = b(first);
    const square = times(z1, z1);
    const after = sum(
      psi,
      by(z1, first),
      by(scaled(1 / 2, plus(square, scaled(-1, s))), second),
      by(scaled(1 / 6, times(z1, plus(square, scaled(-3, s)))), b(second)),
    );
    const norm = Math.sqrt(inner(after, after)[0]);
    state.psi = [after.map(([re]) => re / norm), after.map(([, im]) => im / norm)];
  };

  const waiting = (bits: number) => wait(bits, bounds[atoms / 2 - state.j]);

  const interval = time / samples;
  let untilSample = 0;
  let untilEvent = waiting(draw()[1]);
  for (let slot = 0; slot <= samples; ) {
    const h = Math.min(untilSample, untilEvent, longest[atoms / 2 - state.j]);
    const [sampleIsDue, candidateIsDue] = [h === untilSample, h === untilEvent];
    if (h > 0) {
      state.psi = evolve(system, state, h / 2);
      const [radial, angular] = draw();
      detect(h, normals(radial, angular));
      state.psi = evolve(system, state, h / 2);
    }
    untilSample -= h;
    untilEvent -= h;
    if (sampleIsDue) {
      const vacuum = normals(words(slot, 1)[0], words(slot, 1)[1]);
      const read = Y.map((value, k) =>
        slot === 0
          ? 0
          : Math.sqrt(efficiency) * (value / interval) + Math.sqrt((1 - efficiency) / interval) * vacuum[k],
      );
      Y = [0, 0];
      const currents = quadratures === 1 ? { current: read[0] } : { currentI: read[0], currentQ: read[1] };
      taken.push({ t: slot * interval, ...observed(system, state, committor), ...currents });
      slot++;
      untilSample = interval;
    }
    if (candidateIsDue) {
      const [decision, next] = draw();
      const channel = decide(jumping, state, uniform01(decision) * bounds[atoms / 2 - state.j]);
      if (channel !== null) {
        const t = slot * interval - untilSample;
        jump(system, state, channel);
        jumps.push({ t, channel, psi: state.psi[0], imaginary: state.psi[1] });
      }
      untilEvent = waiting(next);
    }
  }
  return { samples: taken, jumps };
}
