/**
 * One trajectory without an end, by photodetection (`assembly/photodetection.ts`), walked in stretches while somebody watches. Its
 * samples, jumps and states are the same digits however it is cut. When the system changes it goes on from its state, (j, psi), which
 * every system of as many atoms shares: what changes is the tables that it is walked with.
 */
import { Pyramid } from '../operators/pyramid';
import { isReal, type SystemParameters } from '../parameters/system';
import { type BlockCode, BlockProgram } from './block-program';
import type { Numbers } from './linear-memory';
import { photodetectionOnCpu } from './photodetection-memory';
import { UnravelingError } from './unraveling-facts';

/** Samples of a stretch, at most. */
export const longestStretch = 64;

/** Where states and records lie: where these are the same, so is the layout. */
const laidOut = ['psi', 'even', 'odd', 'record', 'recordStride'] as const;

/** A state of norm 1 in the real gauge: amplitudes in |j, m>, m rising from -j, j = N/2 - block. */
export interface LiveState {
  readonly block: number;
  readonly re: Numbers;
  /** null of a system whose amplitudes are real */
  readonly im: Numbers | null;
}

export interface Stretch {
  /** by sample */
  readonly Sz: readonly number[];
  readonly j: readonly number[];
  readonly committor: readonly number[] | null;
  /** its mean over the samples, from m = -N/2 up */
  readonly Pm: Numbers;
  /** in their order: times in intervals since the sample before the stretch, and channels (src/trajectories/record.ts) */
  readonly jumps: { readonly at: readonly number[]; readonly channel: readonly number[] };
  /** at the last sample */
  readonly state: LiveState;
}

type Code = Readonly<Record<string, WebAssembly.Global>> & {
  begin(): void;
  walk(last: number): number;
  beginBlock(low: number, high: number, count: number, records: number): void;
  goOn(): void;
  takeUp(block: number): void;
  blockNow(): number;
  alarmsRaised(): number;
};

export class LiveWalk {
  private system: SystemParameters | null = null;
  private program: BlockCode | null = null;
  private code!: Code;
  private memory!: WebAssembly.Memory;
  /** trajectories begun: each has random numbers of its own */
  private begun = 0;
  private isFresh = true;

  constructor(private readonly seed: number) {}

  /**
   * What is walked from here on: of as many atoms as before from the present state, else from the ground state.
   * @param interval between samples, in the inverse unit of the rates
   * @param committor packed as in an EnsembleRequest; null while it is not known
   */
  async follow(system: SystemParameters, interval: number, committor: Float64Array | null): Promise<void> {
    const state = this.system?.atoms === system.atoms && !this.isFresh ? this.state() : null;
    const isWalked = stateFits(state, system) ? system : keptComplex(system);
    const { unknowns } = new Pyramid(system.atoms);
    const { code } = await BlockProgram.of(
      {
        system: isWalked,
        unraveling: photodetectionOnCpu,
        seed: this.seed,
        ...{ first: 0, count: 1, traces: 1, burnIn: 0 },
        time: interval * longestStretch,
        samples: longestStretch,
        committor: committor && inParts(committor, (isReal(isWalked) ? 1 : 2) * unknowns),
        photons: { g2Time: 0, g2Bins: 0, records: 1 },
      },
      'float32',
    );
    this.load(code, state === null);
    this.system = system;
    if (state === null) return;
    this.put(state);
    this.code.takeUp(state.block);
  }

  /** From the ground state, with other random numbers than before. */
  restart(): void {
    this.code.beginBlock(this.begun++, 0, 1, 1);
    this.code.begin();
    this.isFresh = true;
  }

  /**
   * The next samples; the first of all is the ground state's.
   * @param samples up to `longestStretch`
   * @throws UnravelingError
   */
  walk(samples: number): Stretch {
    const { code } = this;
    if (!this.isFresh) code.goOn();
    this.isFresh = false;
    code.walk(samples);
    if (code.alarmsRaised() > 0) throw new UnravelingError('An event found a jump rate above its bound.');
    const { globals } = this.program!;
    const record = this.numbers(globals.record, globals.rows);
    const each = (row: number) =>
      Array.from({ length: samples }, (_, i) => record[i * globals.observables + row]);
    return {
      Sz: each(globals.Sz),
      j: each(globals.j),
      committor: globals.hasCommittor ? each(globals.committor) : null,
      Pm: record.slice(globals.Pm, globals.Pm + globals.atoms + 1),
      jumps: this.jumps(),
      state: this.state(),
    };
  }

  /** Tables of the same layout take the place of the old ones, the state and the random numbers stay. */
  private load(program: BlockCode, isNew: boolean): void {
    const old = this.program;
    this.program = program;
    const isAlike =
      old?.module === program.module &&
      laidOut.every((name) => old.globals[name] === program.globals[name]) &&
      old.pages === program.pages;
    if (!isAlike || isNew) {
      this.memory = new WebAssembly.Memory({ initial: program.pages });
      this.code = new WebAssembly.Instance(program.module, { env: { memory: this.memory } })
        .exports as unknown as Code;
    }
    for (const { address, numbers } of program.tables)
      new Uint8Array(this.memory.buffer).set(
        new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength),
        address,
      );
    for (const [name, value] of Object.entries(program.globals)) this.code[name].value = value;
    if (!isAlike || isNew) this.restart();
  }

  private state(): LiveState {
    const { psi, imaginary, atoms } = this.program!.globals;
    const block = this.code.blockNow();
    const part = (address: number) => this.numbers(address, atoms + 1 - 2 * block).slice();
    const [re, im] = [part(psi), imaginary === undefined ? null : part(psi + imaginary)];
    const norm = Math.sqrt([...re, ...(im ?? [])].reduce((sum, x) => sum + x * x, 0));
    const scaled = (x: Numbers) => x.map((value) => value / norm) as Numbers;
    return { block, re: scaled(re), im: im && scaled(im) };
  }

  /** The state in the place of the one that is there. */
  private put({ re, im }: LiveState): void {
    const { psi, imaginary, atoms } = this.program!.globals;
    const set = (address: number, values: ArrayLike<number>) => {
      const place = this.numbers(address, atoms + 1);
      place.fill(0);
      place.set(values);
    };
    set(psi, re);
    if (imaginary !== undefined) set(psi + imaginary, im ?? []);
    this.isFresh = false;
  }

  private jumps(): Stretch['jumps'] {
    const { jumpCounts, jumpsKept, jumpWords, jumpTimes, interval } = this.program!.globals;
    const count = Math.min(this.words(jumpCounts, 1)[0], jumpsKept);
    const words = this.words(jumpWords, count);
    const left = this.numbers(jumpTimes, count);
    // The stretch's first sample, slot 0, comes an interval after the sample before it.
    return {
      at: Array.from(words, (word, i) => (word >>> 4) + 1 - left[i] / interval),
      channel: Array.from(words, (word) => word & 15),
    };
  }

  private numbers(address: number, count: number): Numbers {
    return new Float32Array(this.memory.buffer as ArrayBuffer, address, count);
  }

  private words(address: number, count: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, address, count);
  }
}

const stateFits = (state: LiveState | null, system: SystemParameters) =>
  !isReal(system) || !state?.im?.some((value) => value !== 0);

/** A real system, walked with amplitudes of two parts for the sake of a state that has them: by a detuning too small to do anything. */
const keptComplex = (system: SystemParameters): SystemParameters => ({
  ...system,
  detuning: Number.MIN_VALUE,
});

/** A committor of as many parts as the amplitudes. */
function inParts(committor: Float64Array, length: number): Float64Array {
  const whole = new Float64Array(length);
  whole.set(committor);
  return whole;
}
