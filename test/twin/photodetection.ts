/**
 * One trajectory of photodetection in float64, plainly: slow and independent of both engines. It draws the same
 * Philox blocks, so that all make the same jumps for as long as rounding changes no decision.
 */
import { type CrssFidelities, crssFidelitiesOfPsi } from '../../src/operators/crss';
import { driftTable } from '../../src/operators/drift';
import {
  collective,
  krausDown,
  krausSame,
  krausUp,
  lowering,
  type Process,
  processes,
} from '../../src/operators/ladder';
import { Pyramid } from '../../src/operators/pyramid';
import { type Ramp, stretchesOf } from '../../src/parameters/ramp';
import { seedWords } from '../../src/parameters/seed';
import { isReal, meanFieldRates, type SystemParameters } from '../../src/parameters/system';
import { philox, uniform01 } from '../../src/twin/philox';

export interface TwinSample extends CrssFidelities {
  readonly t: number;
  readonly j: number;
  /** amplitudes from m = -j up: their real parts, and the imaginary ones where they are not all real */
  readonly psi: readonly number[];
  readonly imaginary?: readonly number[];
  /** in the paper's axes, products symmetrised */
  readonly Sx: number;
  readonly Sy: number;
  readonly Sz: number;
  readonly Sx2: number;
  readonly Sy2: number;
  readonly Sz2: number;
  readonly SxSy?: number;
  readonly SxSz?: number;
  readonly SySz: number;
  /** of a diffusive walk */
  readonly current?: number;
  readonly currentI?: number;
  readonly currentQ?: number;
  /** psi^+ p psi, p the committor asked for; 0 without one */
  readonly committor: number;
}

export interface TwinTrajectory {
  readonly samples: readonly TwinSample[];
  readonly jumps: readonly TwinJump[];
}

export interface TwinJump {
  readonly t: number;
  /** of emission 0 collective, 1 individual to the same j, 2 to j - 1, 3 to j + 1; so from 4 of pumping, from 8 of dephasing */
  readonly channel: number;
  /** the state it leaves, as in a sample */
  readonly psi: readonly number[];
  readonly imaginary?: readonly number[];
}

/** The real and the imaginary parts of a state's amplitudes. */
type Psi = readonly [readonly number[], readonly number[]];

/** A spin j and its amplitudes from m = -j up. */
export interface State {
  j: number;
  psi: Psi;
}

const zeros = (length: number) => new Array<number>(length).fill(0);
/** sum_i factors_i states_i, with real factors */
const combined = (...terms: readonly (readonly [number, Psi])[]): Psi => {
  const part = (p: 0 | 1) =>
    terms[0][1][p].map((_, r) => terms.reduce((sum, [f, x]) => sum + f * x[p][r], 0));
  return [part(0), part(1)];
};
const times = ([re, im]: Psi, factor: (r: number) => number): Psi => [
  re.map((x, r) => factor(r) * x),
  im.map((x, r) => factor(r) * x),
];
/** i x */
const turned = ([re, im]: Psi): Psi => [im.map((x) => -x), re];
/** The real part of <x|y>. */
const joined = (x: Psi, y: Psi) =>
  [0, 1].reduce((sum, p) => sum + x[p].reduce((part, value, r) => part + value * y[p][r], 0), 0);

/**
 * Trajectory number `trajectory` of the seed, sampled at t = 0 and at `samples` equal steps up to `time`.
 * @param committor packed, where the system is not real its antisymmetric part after the symmetric one
 * @param ramp the drive in time, where it changes
 */
export function photodetectionTwin(
  system: SystemParameters,
  seed: number,
  trajectory: number,
  time: number,
  samples: number,
  committor: Float64Array | null = null,
  ramp: Ramp | null = null,
): TwinTrajectory {
  const { atoms } = system;
  const bounds = driftTable(system).map(({ bound }) => bound);
  const ground: Psi = [zeros(atoms + 1).map((_, r) => (r === 0 ? 1 : 0)), zeros(atoms + 1)];
  const state: State = { j: atoms / 2, psi: ground };
  const taken: TwinSample[] = [];
  const jumps: TwinJump[] = [];
  let event = 0;
  const draw = () =>
    philox([event++, 0, trajectory >>> 0, Math.floor(trajectory / 2 ** 32)], seedWords(seed));
  const waiting = (bits: number) => wait(bits, bounds[atoms / 2 - state.j]);

  const { omegaCritical } = meanFieldRates(system);
  const stretches = (from: number, to: number) =>
    ramp === null
      ? [{ from, to, start: system.omega, end: system.omega }]
      : stretchesOf(ramp, from, to).map(({ start, end, ...of }) => ({
          ...of,
          start: start * omegaCritical,
          end: end * omegaCritical,
        }));
  let t = 0;
  let candidate = waiting(draw()[1]);
  for (let slot = 0; slot <= samples; ) {
    const sample = (slot * time) / samples;
    const until = Math.min(sample, candidate);
    for (const { from, to, start, end } of stretches(t, until))
      state.psi = evolve(system, state, to - from, start, end);
    t = until;
    if (until === sample) {
      taken.push({ t, ...observed(system, state, committor) });
      slot++;
      continue;
    }
    const [decision, next] = draw();
    const channel = decide(system, state, uniform01(decision) * bounds[atoms / 2 - state.j]);
    if (channel !== null) {
      jump(system, state, channel);
      jumps.push({ t, channel, psi: state.psi[0], imaginary: state.psi[1] });
    }
    candidate = t + waiting(next);
  }
  return { samples: taken, jumps };
}

/** The time to the next candidate, of which none ever comes where nothing jumps. */
export const wait = (bits: number, bound: number) => -Math.log(uniform01(bits)) / bound;

export function observed(
  system: SystemParameters,
  { j, psi }: State,
  committor: Float64Array | null,
): Omit<TwinSample, 't'> {
  const [re, im] = psi;
  const down = lowered(j, psi);
  const up = raised(j, psi);
  // In the real gauge S_x = S_y' = (S_+ - S_-)/2i and S_y = -S_x' = -(S_+ + S_-)/2.
  const x = turned(combined([-1 / 2, up], [1 / 2, down]));
  const y = combined([-1 / 2, up], [-1 / 2, down]);
  const z = times(psi, (r) => r - j);
  const [Sx, Sy, Sz] = [x, y, z].map((of) => joined(psi, of));
  return {
    ...{ j, psi: [...re], imaginary: [...im], Sx, Sy, Sz },
    ...{ Sx2: joined(x, x), Sy2: joined(y, y), Sz2: joined(z, z) },
    ...{ SxSy: joined(x, y), SxSz: joined(x, z), SySz: joined(y, z) },
    ...crssFidelitiesOfPsi(system, j, re, im),
    committor: committor ? committed(system, committor, j, psi) : 0,
  };
}

const lowered = (j: number, psi: Psi): Psi => {
  const part = (x: readonly number[]) => x.map((_, r) => (r < 2 * j ? lowering(j, r + 1 - j) * x[r + 1] : 0));
  return [part(psi[0]), part(psi[1])];
};
const raised = (j: number, psi: Psi): Psi => {
  const part = (x: readonly number[]) => x.map((_, r) => (r > 0 ? lowering(j, r - j) * x[r - 1] : 0));
  return [part(psi[0]), part(psi[1])];
};

function committed(system: SystemParameters, committor: Float64Array, j: number, [re, im]: Psi): number {
  const pyramid = new Pyramid(system.atoms);
  const b = system.atoms / 2 - j;
  let sum = 0;
  for (let r = 0; r <= 2 * j; r++) {
    for (let c = 0; c <= 2 * j; c++) {
      const index = pyramid.index(b, Math.max(r, c), Math.min(r, c));
      const imaginary = isReal(system) ? 0 : Math.sign(r - c) * committor[pyramid.unknowns + index];
      sum += committor[index] * (re[r] * re[c] + im[r] * im[c]);
      sum -= imaginary * (re[r] * im[c] - im[r] * re[c]);
    }
  }
  return sum;
}

/** What a block's evolution and jumps are made of, of each row r. */
interface Block {
  /** [channel][r]: |C| of a jump from the row */
  readonly amplitudes: readonly (readonly number[])[];
  /** of all jumps together */
  readonly rates: readonly number[];
  readonly energies: readonly number[];
  readonly low: readonly number[];
}

/** Made once for all trajectories of a system. */
const known = new WeakMap<SystemParameters, Map<number, Block>>();

function blockOf(system: SystemParameters, j: number): Block {
  const blocks = known.get(system) ?? new Map<number, Block>();
  known.set(system, blocks);
  const block = blocks.get(j) ?? newBlock(system, j);
  blocks.set(j, block);
  return block;
}

function newBlock(system: SystemParameters, j: number): Block {
  const { detuning, collectiveShift } = system;
  const rows = zeros(2 * j + 1).map((_, r) => r);
  const amplitudes = channels.map((_, channel) => rows.map((r) => amplitude(system, j, r, channel)));
  const low = rows.map((r) => lowering(j, r - j));
  return {
    amplitudes,
    rates: rows.map((r) => amplitudes.reduce((sum, of) => sum + of[r] ** 2, 0)),
    energies: rows.map((r) => collectiveShift * low[r] ** 2 - detuning * (r - j)),
    low,
  };
}

/**
 * The state after a time h without a jump, in which Omega goes evenly from one value to another, normalised: its power series over steps so
 * short that rounding grows a hundredfold at most, (k + 1) psi_{k+1} = D psi_k + slope D_1 psi_{k-1}, until its terms are nothing but rounding.
 */
export function evolve(
  system: SystemParameters,
  { j, psi }: State,
  h: number,
  start = system.omega,
  end = start,
): Psi {
  const { rates, energies, low } = blockOf(system, j);
  const norm = 2 * Math.max(start, end) * j + Math.max(...rates) / 2 + Math.max(...energies.map(Math.abs));
  const steps = Math.ceil((h * norm) / 4);
  const dim = rates.length;
  /** Row r of (S_- - S_+) x. */
  const driven = (x: Float64Array, r: number) =>
    (r + 1 < dim ? low[r + 1] * x[r + 1] : 0) - (r > 0 ? low[r] * x[r - 1] : 0);
  const state = psi.map((part) => Float64Array.from(part));
  const change = (end - start) / steps;
  // A real state stays real.
  const parts = isReal(system) && psi[1].every((value) => value === 0) ? [0] : [0, 1];
  for (let step = 0; step < steps; step++) {
    const omega = start + step * change;
    let [before, term] = [state.map(() => new Float64Array(dim)), state.map((part) => part.slice())];
    for (let k = 1; k <= 60; k++) {
      const next = state.map(() => new Float64Array(dim));
      for (const part of parts) {
        const [x, other, sign] = [term[part], term[1 - part], part === 0 ? 1 : -1];
        for (let r = 0; r < dim; r++) {
          const drive = omega * driven(x, r) + (change === 0 ? 0 : change * driven(before[part], r));
          const value = drive - (rates[r] / 2) * x[r] + sign * energies[r] * other[r];
          next[part][r] = (h / steps / k) * value;
          state[part][r] += next[part][r];
        }
      }
      [before, term] = [term, next];
      if (weightOf(before) + weightOf(term) < 1e-36 * weightOf(state)) break;
    }
  }
  return normalised([[...state[0]], [...state[1]]]);
}

const weightOf = (state: readonly Float64Array[]) => {
  let sum = 0;
  for (const part of state) for (const value of part) sum += value * value;
  return sum;
};

/** Of the three processes in turn: collective, and of one atom to the same j, to j - 1 and to j + 1. */
const channels = processes.flatMap((process) => [0, 1, 2, 3].map((kind) => ({ process, kind })));

/** The channel whose share of the level it falls in, or null when the candidate is no jump. */
export function decide(system: SystemParameters, state: State, level: number): number | null {
  let upTo = 0;
  for (const [channel, amplitudes] of blockOf(system, state.j).amplitudes.entries()) {
    const image = times(state.psi, (r) => amplitudes[r]);
    upTo += joined(image, image);
    if (level < upTo) return channel;
  }
  return null;
}

export function jump(system: SystemParameters, state: State, channel: number): void {
  const { j, psi } = state;
  const { process, kind } = channels[channel];
  const target = j + [0, 0, -1, 1][kind];
  const amplitudes = blockOf(system, j).amplitudes[channel];
  const after: [number[], number[]] = [zeros(2 * target + 1), zeros(2 * target + 1)];
  for (let r = 0; r <= 2 * j; r++) {
    const row = r - j + process.step + target;
    if (row < 0 || row > 2 * target) continue;
    for (const part of [0, 1]) after[part][row] = amplitudes[r] * psi[part][r];
  }
  state.j = target;
  state.psi = normalised(after);
}

const individual: readonly ((process: Process, N: number, j: number, m: number) => number)[] = [
  krausSame,
  krausDown,
  krausUp,
];

function amplitude(system: SystemParameters, j: number, r: number, channel: number): number {
  const { process, kind } = channels[channel];
  const m = r - j;
  if (kind === 0) return Math.sqrt(system[process.collective]) * collective(process, j, m);
  return Math.sqrt(system[process.individual]) * individual[kind - 1](process, system.atoms, j, m);
}

function normalised(psi: Psi): Psi {
  const norm = Math.sqrt(joined(psi, psi));
  return times(psi, () => 1 / norm);
}
