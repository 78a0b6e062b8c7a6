/**
 * The merged dark port: an unravelling of Eq. (1) without Hamiltonian, held in eigenmodes.
 *
 * In the block j the individual emission that keeps j is c_j S_-, c_j^2 = (N/2+1)/(2j(j+1)): one channel with the
 * collective emission, of rate G_j = gamma_1D + gamma_F c_j^2, for blocks share no coherence. Eq. (1) does not change when
 * S_- is displaced to A_j = S_- - s_j and the drive by as much; s_j = -2 Omega/G_j cancels the drive. What is left
 * are three jumps, A_j within the block and K-, K+ out of it, and between them decay under
 *
 *   K_j = (G_j/2) A_j^T A_j + (gamma_F/2) (K-^2 + K+^2),
 *
 * real, symmetric, positive and tridiagonal. In its eigenmodes the no-jump evolution is exact, and right after a jump
 * only the lowest few carry weight.
 *
 * In the general model pumping and dephasing are two more processes of the same kind, each merged within the block and not displaced: half their
 * rates add to K_j's diagonal. With a detuning delta or a collective shift Delta a Hamiltonian is left,
 *
 *   H_j = -delta S_z + Delta S_+S_- + Omega sin(phi) (S_+ + S_-),
 *
 * once all axes are turned by phi about z, rho -> e^{i phi S_z} rho e^{-i phi S_z}, which leaves every jump as it is up to a phase; the drive that
 * is displaced away is then Omega cos(phi). H_j is real and symmetric in the modes of K_j, the Hermitian part: between jumps
 * d psi/dt = -(K_j + i H_j) psi. Without emission nothing can be displaced: phi = pi/2 then leaves all of the drive to H_j.
 */
import { isEquation1, isReal, type SystemParameters } from '../parameters/system';
import {
  collective,
  dephasing,
  emission,
  krausDown,
  krausUp,
  levelShift,
  lowering,
  mergedRate as mergedRateOf,
  type Process,
  pumping,
} from './ladder';
import { type Eigenpairs, lowestEigenpairs } from './tridiagonal';

/**
 * Modes kept in a block, or all 2j+1 when these are fewer. The bistable region's lower branch and, at its N, its upper one
 * need 24; above it states spread over more: of 10^5 jumps at N = 110 and a drive of 1, 24 modes lose the channel of
 * some 50, 48 of none. Of the general model there is no such knowledge.
 */
export function modesKept(system: SystemParameters): 24 | 48 {
  const { atoms, driveOverCritical } = system;
  const isWeak = driveOverCritical !== null && driveOverCritical <= 0.8;
  return (isWeak && isEquation1(system)) || atoms < 24 ? 24 : 48;
}

/** An operator between eigenmodes; of a jump with its rate: |matrix a|^2 is the rate of the jump in the state a. */
export interface ModeMatrix {
  /** modes of the block that it leads to */
  readonly rows: number;
  /** modes of the block that it acts on */
  readonly columns: number;
  /** row-major, [rows][columns]; sqrt(rate) for a jump */
  readonly matrix: Float64Array;
}

/** A process's jumps from the modes of a block. */
export interface ModeJumps {
  /** stays in j; sqrt(G_j) A_j of emission */
  readonly within: ModeMatrix;
  /** to j - 1, sqrt(rate) K-; no rows where there is none */
  readonly toLowerJ: ModeMatrix;
  /** to j + 1, sqrt(rate) K+; no rows in the top block */
  readonly toHigherJ: ModeMatrix;
}

/** One block j in its lowest eigenmodes, with the jumps of emission. */
export interface DarkPortBlock extends ModeJumps {
  readonly j: number;
  readonly modes: number;
  /** eigenvalues of K_j, ascending: the amplitude of mode i falls as exp(-decay_i t) */
  readonly decay: Float64Array;
  /** [modes][2j+1]: mode i in the states |j, m>, m rising */
  readonly vectors: readonly Float64Array[];
  /** those of pumping and of dephasing, where they are on */
  readonly others: readonly ModeJumps[];
  /** H_j, symmetric; null where delta = Delta = 0 and no axes are turned */
  readonly hamiltonian: ModeMatrix | null;
}

/** G_j, the rate of the merged channel; 0 at j = 0, which S_- cannot leave. */
export const mergedRate = (system: SystemParameters, j: number): number =>
  j === 0 ? 0 : mergedRateOf(emission, system, j);

/** s_j, the displacement that cancels the drive in the block j, or that part of it which the turned axes leave; 0 without emission. */
export function displacement(system: SystemParameters, j: number, turn = 0): number {
  const rate = mergedRate(system, j);
  return rate === 0 ? 0 : (-2 * system.omega * Math.cos(turn)) / rate;
}

/** Pumping and dephasing, where they are on. */
const othersOf = (system: SystemParameters): Process[] =>
  [pumping, dephasing].filter(({ individual, collective }) => system[individual] + system[collective] > 0);

/** Of pumping and dephasing, how many have no channels before the first that has. */
export const skippedProcesses = (system: SystemParameters) => (othersOf(system)[0] === dephasing ? 1 : 0);

/** K_j as its diagonal (2j+1) and its coupling of neighbouring m (2j). */
export function noJumpGenerator(system: SystemParameters, j: number, turn = 0) {
  const { atoms, gammaF } = system;
  const rate = mergedRate(system, j);
  const s = displacement(system, j, turn);
  const others = othersOf(system);
  const diagonal = new Float64Array(2 * j + 1);
  const coupling = new Float64Array(2 * j);
  for (let r = 0; r <= 2 * j; r++) {
    const m = r - j;
    const low = lowering(j, m);
    const leave = krausDown(emission, atoms, j, m) ** 2 + krausUp(emission, atoms, j, m) ** 2;
    diagonal[r] = (rate * (low ** 2 + s ** 2) + gammaF * leave) / 2;
    for (const { individual, collective, same, total } of others)
      diagonal[r] += (system[collective] * same(j, m) + system[individual] * total(atoms, m)) / 2;
    if (r > 0) coupling[r - 1] = (-rate * s * low) / 2;
  }
  return { diagonal, coupling };
}

/**
 * All blocks from j = N/2 down, once and for all.
 * @param turn phi, by which the axes are turned about z
 */
export function darkPortBlocks(
  system: SystemParameters,
  modes: number = modesKept(system),
  turn = 0,
): DarkPortBlock[] {
  const pairs = Array.from({ length: blockCount(system) }, (_, b) => lowestModes(system, b, modes, turn));
  return pairs.map((_, b) => blockIn(system, pairs, b, turn));
}

/**
 * The same with a pause after every step: many seconds at N = 1000.
 * @param pause is awaited with the steps done and all of them
 */
export async function darkPortBlocksWith(
  system: SystemParameters,
  pause: (done: number, all: number) => Promise<void>,
  turn = 0,
): Promise<DarkPortBlock[]> {
  const count = blockCount(system);
  const pairs: ModePairs[] = [];
  const blocks: DarkPortBlock[] = [];
  for (let b = 0; b < count; b++) {
    pairs.push(lowestModes(system, b, modesKept(system), turn));
    await pause(pairs.length, 2 * count);
  }
  for (let b = 0; b < count; b++) {
    blocks.push(blockIn(system, pairs, b, turn));
    await pause(count + blocks.length, 2 * count);
  }
  return blocks;
}

const blockCount = ({ atoms }: SystemParameters) => Math.floor(atoms / 2) + 1;

interface ModePairs extends Eigenpairs {
  readonly j: number;
}

/** The lowest eigenpairs of K_j in block b. */
function lowestModes(system: SystemParameters, b: number, modes: number, turn = 0): ModePairs {
  const j = system.atoms / 2 - b;
  const { diagonal, coupling } = noJumpGenerator(system, j, turn);
  const count = Math.min(modes, 2 * j + 1);
  // Without a drive that is displaced the states |j, m> are the modes.
  if (coupling.every((value) => value === 0)) return { j, ...sortedDiagonal(diagonal, count) };
  return { j, ...lowestEigenpairs(diagonal, coupling, count) };
}

/** Block b with its jumps, from the modes of all blocks. */
function blockIn(system: SystemParameters, pairs: readonly ModePairs[], b: number, turn = 0): DarkPortBlock {
  const { j, values, vectors } = pairs[b];
  const emitted = jumpsOf(emission, system, pairs, b);
  const { within } = emitted;
  const displaced = Math.sqrt(mergedRate(system, j)) * displacement(system, j, turn);
  for (let i = 0; i < vectors.length; i++) within.matrix[i * within.columns + i] -= displaced;
  return {
    j,
    modes: vectors.length,
    decay: values,
    vectors,
    ...emitted,
    others: othersOf(system).map((process) => jumpsOf(process, system, pairs, b)),
    hamiltonian: isReal(system) && turn === 0 ? null : hamiltonian(system, pairs[b], turn),
  };
}

/** A process's jumps from block b, not displaced. */
function jumpsOf(
  process: Process,
  system: SystemParameters,
  pairs: readonly ModePairs[],
  b: number,
): ModeJumps {
  const { atoms } = system;
  const { j, vectors } = pairs[b];
  const { step } = process;
  const rate = Math.sqrt(mergedRateOf(process, system, j));
  const root = Math.sqrt(system[process.individual]);
  const [below, above] = [pairs[b + 1]?.vectors ?? [], pairs[b - 1]?.vectors ?? []];
  return {
    within: jump(vectors, vectors, -step, (r) => rate * collective(process, j, r - j)),
    toLowerJ: jump(vectors, below, 1 - step, (r) => root * krausDown(process, atoms, j, r - j)),
    toHigherJ: jump(vectors, above, -1 - step, (r) => root * krausUp(process, atoms, j, r - j)),
  };
}

/** H_j between the modes of a block. */
function hamiltonian(system: SystemParameters, { j, vectors }: ModePairs, turn: number): ModeMatrix {
  const drive = system.omega * Math.sin(turn);
  const images = vectors.map((vector) =>
    vector.map((value, r) => {
      const fromBelow = r > 0 ? lowering(j, r - j) * vector[r - 1] : 0;
      const fromAbove = r < 2 * j ? lowering(j, r + 1 - j) * vector[r + 1] : 0;
      return levelShift(system, j, r - j) * value + drive * (fromBelow + fromAbove);
    }),
  );
  return between(vectors, images);
}

/** The block's symmetric matrix element(r, c), between its modes. */
export function modeMatrix(
  { vectors }: DarkPortBlock,
  element: (r: number, c: number) => number,
): ModeMatrix {
  const images = vectors.map((vector) =>
    vector.map((_, r) => {
      let sum = 0;
      for (let c = 0; c < vector.length; c++) sum += element(r, c) * vector[c];
      return sum;
    }),
  );
  return between(vectors, images);
}

/** An operator between modes, from their images. */
function between(vectors: readonly Float64Array[], images: readonly Float64Array[]): ModeMatrix {
  const modes = vectors.length;
  const matrix = new Float64Array(modes * modes);
  for (let i = 0; i < modes; i++) {
    for (let k = 0; k < modes; k++) {
      let sum = 0;
      for (let r = 0; r < vectors[i].length; r++) sum += vectors[i][r] * images[k][r];
      matrix[i * modes + k] = sum;
    }
  }
  return { rows: modes, columns: modes, matrix };
}

/**
 * Where trajectories start: all atoms in the ground state |N/2, -N/2> where the kept modes hold it, else the mode of
 * fewest collective jumps of j = N/2, on the lower branch. Amplitudes of the top block's modes, normalised.
 */
export function darkPortStart([top]: readonly DarkPortBlock[]) {
  const ground = Float64Array.from(top.vectors, (vector) => vector[0]);
  const weight = ground.reduce((sum, value) => sum + value ** 2, 0);
  if (1 - weight < lostAtStart) {
    return { start: 'ground state', amplitudes: ground.map((value) => value / Math.sqrt(weight)) } as const;
  }
  return { start: 'lowest mode', amplitudes: ground.map((_, i) => (i === 0 ? 1 : 0)) } as const;
}

/** Weight of the ground state that may be missing from the kept modes. */
const lostAtStart = 1e-8;

/** The `count` lowest eigenpairs of a diagonal matrix. */
function sortedDiagonal(diagonal: Float64Array, count: number): Eigenpairs {
  const order = [...diagonal.keys()].sort((a, b) => diagonal[a] - diagonal[b]).slice(0, count);
  const unit = (i: number) => {
    const vector = new Float64Array(diagonal.length);
    vector[i] = 1;
    return vector;
  };
  return { values: Float64Array.from(order, (i) => diagonal[i]), vectors: order.map(unit) };
}

/** Between the modes `from` and `to`: amplitude(r) takes row r of the one block to row r - shift of the other, if it has one. */
function jump(
  from: readonly Float64Array[],
  to: readonly Float64Array[],
  shift: number,
  amplitude: (row: number) => number,
): ModeMatrix {
  const [rows, columns] = [to.length, from.length];
  const matrix = new Float64Array(rows * columns);
  if (rows === 0) return { rows, columns, matrix };
  const dim = from[0].length;
  const first = Math.max(shift, 0);
  const last = Math.min(dim, to[0].length + shift);
  const amplitudes = new Float64Array(dim);
  for (let r = 0; r < dim; r++) amplitudes[r] = amplitude(r);
  const moved = new Float64Array(dim);
  for (let c = 0; c < columns; c++) {
    const mode = from[c];
    for (let r = 0; r < dim; r++) moved[r] = amplitudes[r] * mode[r];
    // Four sums at once take hardly longer than one.
    for (let i = 0; i < rows; i += 4) {
      const [i1, i2, i3] = [Math.min(i + 1, rows - 1), Math.min(i + 2, rows - 1), Math.min(i + 3, rows - 1)];
      const [to0, to1, to2, to3] = [to[i], to[i1], to[i2], to[i3]];
      let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
      for (let r = first; r < last; r++) {
        const value = moved[r];
        sum0 += to0[r - shift] * value;
        sum1 += to1[r - shift] * value;
        sum2 += to2[r - shift] * value;
        sum3 += to3[r - shift] * value;
      }
      matrix[i * columns + c] = sum0;
      matrix[i1 * columns + c] = sum1;
      matrix[i2 * columns + c] = sum2;
      matrix[i3 * columns + c] = sum3;
    }
  }
  return { rows, columns, matrix };
}
