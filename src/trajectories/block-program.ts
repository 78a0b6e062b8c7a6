/** One ensemble's walk in WebAssembly: the code, what its memory holds at the start, and where a block's results lie in it. */
import { crssAngle, crssOfEveryJ } from '../operators/crss';
import { seedWords } from '../parameters/seed';
import { idealDetection } from './detection';
import type { JumpRecord } from './jump-records';
import { LinearMemory, type Numbers, type Precision, type Table } from './linear-memory';
import { type PhotonPlan, photonsOf } from './photon-plan';
import { blockSize, burnInSlots, histogramBins, recordLayout } from './record';
import { type EnsembleRequest, isReadBack } from './request';
import type { BatchSummary } from './summary';
import type { OnCpu } from './unraveling';

/** What a thread needs once to walk blocks of an ensemble: all of it can be posted. */
export interface BlockCode {
  readonly module: WebAssembly.Module;
  readonly pages: number;
  readonly tables: readonly Table[];
  /** the module's mutable globals by name */
  readonly globals: Readonly<Record<string, number>>;
}

/** Bytes in a thread's memory: `count` pieces, `stride` from one to the next, returned side by side. */
export interface Region {
  readonly address: number;
  readonly bytes: number;
  readonly stride: number;
  readonly count: number;
}

/** Trajectories first ... first + count - 1, which begin a block. */
export interface BlockJob {
  readonly first: number;
  readonly count: number;
  /** how many of its first to return sample by sample, and jump by jump */
  readonly traces: number;
  readonly records: number;
}

/** What comes back of a job. */
export interface BlockResult {
  readonly alarms: number;
  /** by the order of `regionsOf` */
  readonly regions: readonly ArrayBuffer[];
}

const word = Uint32Array.BYTES_PER_ELEMENT;
const statisticsKinds = ['mean', 'M2', 'least', 'most'] as const;

/** What a block is walked by. */
export type BlockRequest = Omit<EnsembleRequest, 'unraveling'> & { readonly unraveling: OnCpu };

/** By their bytes: those of one program may walk many systems in turn. */
const compiled = new WeakMap<Uint8Array, Promise<WebAssembly.Module>>();
function compileOnce(binary: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  const module = compiled.get(binary) ?? WebAssembly.compile(binary);
  compiled.set(binary, module);
  return module;
}

/** The walk of a request, for blocks of it in any order on any thread. */
export class BlockProgram {
  private constructor(
    readonly code: BlockCode,
    private readonly request: BlockRequest,
    private readonly photons: PhotonPlan | null,
    private readonly size: number,
  ) {}

  /**
   * @param before sample times that go by unrecorded before the request's own, whose first is then the next of them
   * @throws RangeError where a block of the ensemble does not fit into WebAssembly's memory
   */
  static async of(
    request: BlockRequest,
    precision: Precision,
    before = { slots: 0, interval: 0 },
  ): Promise<BlockProgram> {
    const { system, unraveling, committor = null, detection = idealDetection, ramp = null } = request;
    const { time, samples } = request;
    const { atoms } = system;
    const memory = new LinearMemory(precision);
    const layout = recordLayout(system, samples + 1, unraveling.currents);
    const photons = photonsOf(layout, request);
    const own = unraveling.lay(memory, system, {
      ...{ committor, photons, detection, ramp, samples },
      interval: time / samples,
    });
    const crss = crssOfEveryJ(system);
    const angle = crssAngle(system);
    const crssTable = (part: (angle: number) => number) =>
      memory.rowTable(atoms, (b, r) => (crss ? crss[b][r] * part(angle * r) : 0));
    const parts = unraveling.parts(system, detection);
    const recordStride = memory.inVectors((photons ?? layout).rows);
    const statisticsStride = memory.inVectors(layout.rows);
    const [seedLow, seedHigh] = seedWords(request.seed);
    const globals = {
      atoms,
      seedLow,
      seedHigh,
      slots: layout.slots,
      interval: time / samples,
      burnInSlots: burnInSlots(request.burnIn, time, samples),
      slotsBefore: before.slots,
      intervalBefore: before.interval,
      rows: layout.rows,
      averages: layout.averages,
      jumps: layout.jumps,
      Pm: layout.Pm,
      Pj: layout.Pj,
      observables: layout.observables.length,
      ...Object.fromEntries(layout.observables.map((name, place) => [name, place])),
      rowStride: memory.rowStride(atoms) * memory.size,
      lower: memory.rowTable(atoms, (b, r) => Math.sqrt(r * (atoms + 1 - 2 * b - r))),
      crss: crssTable(Math.cos),
      ...(parts === 2 && {
        crssImaginary: crssTable(Math.sin),
        imaginary: memory.statePart(atoms) * memory.size,
      }),
      psi: memory.state(atoms, parts),
      visits: memory.words(Math.floor(atoms / 2) + 1),
      recordStride: recordStride * memory.size,
      record: memory.room(blockSize * recordStride),
      statisticsStride: statisticsStride * memory.size,
      statistics: memory.room(statisticsKinds.length * statisticsStride),
      bins: histogramBins,
      histogram: memory.words(layout.slots * histogramBins),
      switching: isReadBack(request) ? memory.room(2 * layout.slots * blockSize) : 0,
      ...own,
    };
    const { default: binary } = await unraveling.assembly(parts)[precision]();
    const module = await compileOnce(binary);
    const code = { module, pages: memory.pages, tables: memory.tables, globals };
    return new BlockProgram(code, request, photons, memory.size);
  }

  /** What a thread is to return of a job: `summaryOf` reads it. */
  regionsOf({ count, traces, records }: BlockJob): Region[] {
    const { photons, size } = this;
    const { globals } = this.code;
    const { record, recordStride, rows, slots } = globals;
    const whole = (address: number, bytes: number) => ({ address, bytes, stride: 0, count: 1 });
    const columns = (first: number, numbers: number, of: number) => ({
      address: record + first * size,
      bytes: numbers * size,
      stride: recordStride,
      count: of,
    });
    const recordsOfJumps = records * (photons?.jumpsKept ?? 0);
    return [
      {
        address: globals.statistics,
        bytes: rows * size,
        stride: globals.statisticsStride,
        count: statisticsKinds.length,
      },
      whole(globals.histogram, slots * histogramBins * word),
      columns(globals.averages, globals.Pm - globals.averages, count),
      columns(0, globals.averages, traces),
      whole(globals.switching, isReadBack(this.request) ? 2 * slots * count * size : 0),
      columns(photons?.windows ?? 0, photons ? photons.rows - photons.windows : 0, photons ? count : 0),
      whole(globals.jumpCounts ?? 0, records * word),
      whole(globals.jumpWords ?? 0, recordsOfJumps * word),
      whole(globals.jumpTimes ?? 0, recordsOfJumps * size),
    ];
  }

  /** A job's result in numbers of the walk's precision: the first trajectories' samples, [slot * observables + observable]. */
  tracesOf({ traces }: BlockJob, { regions }: BlockResult): Numbers[] {
    return split(this.numbers(regions[3]), traces);
  }

  summaryOf(job: BlockJob, result: BlockResult): BatchSummary {
    const { first, count } = job;
    const { photons } = this;
    const [statistics, histogram, own, , switching, perTrajectory] = result.regions;
    const float32 = (bytes: ArrayBuffer, parts: number) =>
      split(Float32Array.from(this.numbers(bytes)), parts);
    const [mean, M2, least, most] = float32(statistics, statisticsKinds.length);
    const [committor, Sz] = float32(switching, 2);
    return {
      seed: this.request.seed,
      first,
      count,
      alarms: result.alarms,
      blocks: [{ count, mean, M2, least, most }],
      perTrajectory: float32(own, count),
      traces: this.tracesOf(job, result).map((trace) => Float32Array.from(trace)),
      switching: isReadBack(this.request) ? { committor, Sz } : null,
      histogram: new Uint32Array(histogram),
      photons: photons && { plan: photons, perTrajectory: float32(perTrajectory, count) },
      jumpRecords: this.jumpRecordsOf(job, result),
    };
  }

  private jumpRecordsOf({ first, records }: BlockJob, { regions }: BlockResult): JumpRecord[] {
    const { photons } = this;
    if (photons === null) return [];
    const counts = new Uint32Array(regions[6]);
    const words = new Uint32Array(regions[7]);
    const left = this.numbers(regions[8]);
    const { jumpsKept, interval } = photons;
    return Array.from({ length: records }, (_, i) => {
      const kept = Math.min(counts[i], jumpsKept);
      const places = Array.from({ length: kept }, (_, jump) => i * jumpsKept + jump);
      return {
        trajectory: first + i,
        t: places.map((place) => (words[place] >>> 4) * interval - left[place]),
        channel: places.map((place) => words[place] & 15),
        missed: counts[i] - kept,
      };
    });
  }

  private numbers(bytes: ArrayBuffer): Numbers {
    return this.size === 4 ? new Float32Array(bytes) : new Float64Array(bytes);
  }
}

/** Equal parts, side by side. */
function split<Kind extends Numbers>(numbers: Kind, parts: number): Kind[] {
  const length = numbers.length / Math.max(parts, 1);
  return Array.from({ length: parts }, (_, i) => numbers.slice(i * length, (i + 1) * length) as Kind);
}
