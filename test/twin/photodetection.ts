/**
 * One trajectory of photodetection in float64, plainly: slow and independent of both engines. It draws the same
 * Philox blocks, so that all make the same jumps for as long as rounding changes no decision.
 */
import { type CrssFidelities, crssFidelitiesOfPsi } from '../../src/operators/crss';
import { driftTable } from '../../src/operators/drift';
import { emission, krausDown, krausSame, krausUp, lowering } from '../../src/operators/ladder';
import { momentsOfPsi, type SpinMoments } from '../../src/operators/moments';
import { Pyramid } from '../../src/operators/pyramid';
import { seedWords } from '../../src/parameters/seed';
import type { SystemParameters } from '../../src/parameters/system';
import { philox, uniform01 } from '../../src/twin/philox';

export interface TwinSample extends SpinMoments, CrssFidelities {
  readonly t: number;
  readonly j: number;
  /** real amplitudes from m = -j up */
  readonly psi: readonly number[];
  /** psi^T p psi, p the committor asked for; 0 without one */
  readonly committor: number;
}

export interface TwinTrajectory {
  readonly samples: readonly TwinSample[];
  readonly jumps: readonly TwinJump[];
}

export interface TwinJump {
  readonly t: number;
  /** 0 collective, 1 individual to the same j, 2 to j - 1, 3 to j + 1 */
  readonly channel: number;
  /** the state it leaves: real amplitudes from m = -j up */
  readonly psi: readonly number[];
}

/** A spin j and its amplitudes from m = -j up. */
interface State {
  j: number;
  psi: number[];
}

/**
 * Trajectory number `trajectory` of the seed, sampled at t = 0 and at `samples` equal steps up to `time`.
 * @param committor packed
 */
export function photodetectionTwin(
  system: SystemParameters,
  seed: number,
  trajectory: number,
  time: number,
  samples: number,
  committor: Float64Array | null = null,
): TwinTrajectory {
  const { atoms } = system;
  const bounds = driftTable(system).map(({ bound }) => bound);
  const state: State = { j: atoms / 2, psi: Array.from({ length: atoms + 1 }, (_, r) => (r === 0 ? 1 : 0)) };
  const taken: TwinSample[] = [];
  const jumps: TwinJump[] = [];
  let event = 0;
  const draw = () =>
    philox([event++, 0, trajectory >>> 0, Math.floor(trajectory / 2 ** 32)], seedWords(seed));
  const wait = (bits: number) => -Math.log(uniform01(bits)) / bounds[atoms / 2 - state.j];

  let t = 0;
  let candidate = wait(draw()[1]);
  for (let slot = 0; slot <= samples; ) {
    const sample = (slot * time) / samples;
    const next = Math.min(sample, candidate);
    state.psi = evolve(system, state, next - t);
    t = next;
    if (next === sample) {
      taken.push({ t, ...observed(system, state, committor) });
      slot++;
      continue;
    }
    const [decision, waiting] = draw();
    const channel = decide(system, state, uniform01(decision) * bounds[atoms / 2 - state.j]);
    if (channel !== null) {
      jump(system, state, channel);
      jumps.push({ t, channel, psi: state.psi });
    }
    candidate = t + wait(waiting);
  }
  return { samples: taken, jumps };
}

function observed(
  system: SystemParameters,
  { j, psi }: State,
  committor: Float64Array | null,
): Omit<TwinSample, 't'> {
  const fidelities = crssFidelitiesOfPsi(system, j, psi);
  const { atoms } = system;
  const p = committor ? new Pyramid(atoms).expectation(committor, atoms / 2 - j, psi) : 0;
  return { j, psi: [...psi], ...fidelities, committor: p, ...momentsOfPsi(atoms, j, psi) };
}

/** exp(D h) psi, normalised; Taylor series over steps short enough to converge to rounding in 30 terms. */
function evolve({ atoms, gamma1D, gammaF, omega }: SystemParameters, { j, psi }: State, h: number): number[] {
  const apply = (x: readonly number[]) =>
    x.map((here, r) => {
      const m = r - j;
      const fromBelow = r > 0 ? lowering(j, m) * x[r - 1] : 0;
      const fromAbove = r < 2 * j ? lowering(j, m + 1) * x[r + 1] : 0;
      const decay = gamma1D * lowering(j, m) ** 2 + gammaF * (atoms / 2 + m);
      return omega * (fromAbove - fromBelow) - (decay / 2) * here;
    });
  const norm = 2 * omega * j + gamma1D * (j + 1) ** 2 + gammaF * atoms;
  const steps = Math.ceil(h * norm);
  let state = [...psi];
  for (let step = 0; step < steps; step++) {
    let term = state;
    for (let k = 1; k <= 30; k++) {
      term = apply(term).map((value) => (value * h) / steps / k);
      state = state.map((value, r) => value + term[r]);
    }
  }
  return normalised(state);
}

/** The channel whose share of the level it falls in, or null when the candidate is no jump. */
function decide(system: SystemParameters, state: State, level: number): number | null {
  let upTo = 0;
  for (let channel = 0; channel < 4; channel++) {
    upTo += state.psi.reduce(
      (sum, value, r) => sum + (amplitude(system, state.j, r, channel) * value) ** 2,
      0,
    );
    if (level < upTo) return channel;
  }
  return null;
}

function jump(system: SystemParameters, state: State, channel: number): void {
  const { j, psi } = state;
  const target = j + [0, 0, -1, 1][channel];
  const after = new Array<number>(2 * target + 1).fill(0);
  psi.forEach((value, r) => {
    const row = r - j - 1 + target;
    if (row >= 0 && row < after.length) after[row] = amplitude(system, j, r, channel) * value;
  });
  state.j = target;
  state.psi = normalised(after);
}

function amplitude(
  { atoms, gamma1D, gammaF }: SystemParameters,
  j: number,
  r: number,
  channel: number,
): number {
  const m = r - j;
  if (channel === 0) return Math.sqrt(gamma1D) * lowering(j, m);
  return Math.sqrt(gammaF) * [krausSame, krausDown, krausUp][channel - 1](emission, atoms, j, m);
}

function normalised(psi: readonly number[]): number[] {
  const norm = Math.hypot(...psi);
  return psi.map((value) => value / norm);
}
