/** The host's side of `shaders/photodetection/` and of `assembly/photodetection.ts`. */
import type { Gpu } from '../gpu/gpu';
import { createKernel } from '../gpu/kernel';
import type { Memory } from '../gpu/memory';
import { array, f32, Struct, u32 } from '../gpu/struct';
import { crssAngle, crssOfEveryJ } from '../operators/crss';
import { type DriftBlock, driftTable } from '../operators/drift';
import { Pyramid } from '../operators/pyramid';
import { isReal, type SystemParameters } from '../parameters/system';
import { atStrongest, stretchesOnGpu } from './drive-stretches';
import { ensembleDeclarations } from './ensemble-structs';
import { photonStoreBytes } from './jump-records';
import type { Current } from './observables';
import { photodetectionOnCpu } from './photodetection-memory';
import { hasMoreChannels } from './record';
import {
  type Recordings,
  type SharedBuffers,
  sharedBindings,
  type Unraveling,
  type Walk,
  workgroupSizeOf,
} from './unraveling';
import { UnravelingError, unravelingFacts } from './unraveling-facts';

export const photodetection: Unraveling = {
  name: 'photodetection',
  ...unravelingFacts.photodetection,
  start: () => 'ground state',
  async prepare(gpu, memory, system, walkers, shared, recordings) {
    const { photons, detection } = recordings;
    if (photons === null) throw new Error('photodetection is walked without a plan for its photons');
    const { delayBins, delayBin, windowBins, jumpsKept } = photons;
    const photonStore = memory.storage('photons', photonStoreBytes(photons, walkers));
    const walk = await prepareJumps(gpu, memory, system, walkers, shared, recordings, photonStore, {
      label: 'photodetection',
      program: isReal(system) ? 'photodetection/real' : 'photodetection/complex',
      entryPoint: 'walk',
      currents: [],
      table: driftTable(atStrongest(system, recordings.ramp)),
      constants: { delayBins, delayBin, windowBins, jumpsKept, efficiency: detection.efficiency },
    });
    return { ...walk, photonStore };
  },
  ...photodetectionOnCpu,
  judge(alarms) {
    if (alarms > 0) throw new UnravelingError(`${alarms} events found a jump rate above its bound.`);
  },
};

/** What walks by photodetection's smooth evolution and its jumps. */
interface JumpProgram {
  readonly label: string;
  readonly program: string;
  readonly entryPoint: string;
  /** that it records; where there are any its amplitudes are complex */
  readonly currents: readonly Current[];
  readonly table: readonly DriftBlock[];
  /** its own */
  readonly constants: Readonly<Record<string, number>>;
}

/** @param photonStore numbers of a walker's own, and what is kept of jumps */
export async function prepareJumps(
  gpu: Gpu,
  memory: Memory,
  system: SystemParameters,
  walkers: number,
  shared: SharedBuffers,
  recordings: Recordings,
  photonStore: GPUBuffer,
  { label, program, entryPoint, currents, table, constants }: JumpProgram,
): Promise<Walk> {
  const parts = isReal(system) && currents.length === 0 ? 1 : 2;
  const { committor } = recordings;
  const stretches = stretchesOnGpu(system, recordings);
  const workgroupSize = workgroupSizeOf(gpu);
  const kernel = await createKernel(gpu, {
    ...{ label, program, entryPoint },
    declarations: [ensembleDeclarations(system, currents), Block.wgsl, stretches.declarations].join('\n'),
    bindings: {
      ...sharedBindings,
      blocks: 'read',
      psi: 'read_write',
      crss: 'read',
      committor: 'read',
      photonStore: 'read_write',
      ramp: 'uniform',
    },
    constants: {
      atoms: system.atoms,
      workgroupSize,
      walkerCount: walkers,
      gamma1D: system.gamma1D,
      gammaF: system.gammaF,
      ...(parts === 2 && { detuning: system.detuning, collectiveShift: system.collectiveShift }),
      pumping: system.pumping,
      collectivePumping: system.collectivePumping,
      collectiveDephasing: system.collectiveDephasing,
      hasMoreChannels: hasMoreChannels(system) ? 1 : 0,
      hasCommittor: committor === null ? 0 : 1,
      ...constants,
    },
  });
  const blocks = memory.storage('drift of each block', packBlocks(system, table));
  const amplitudes = (system.atoms + 1) * walkers * parts;
  const psi = memory.storage('psi', amplitudes * Float32Array.BYTES_PER_ELEMENT);
  const crss = memory.storage('CRSS of each block', packCrss(system, parts));
  const packedCommittor = memory.storage('committor', packCommittor(system, parts, committor));
  const ramp = memory.uniform('ramp', stretches.packed);
  return {
    pipeline: kernel.pipeline,
    bindGroup: kernel.bind({ ...shared, blocks, psi, crss, committor: packedCommittor, photonStore, ramp }),
    workgroups: Math.ceil(walkers / workgroupSize),
    photonStore: null,
  };
}

/** One j; its rows are r = j + m, so that (j+m)(j-m+1) = r (dim - r). */
export const Block = new Struct('Block', {
  /** 2j + 1 */
  dim: u32,
  /** B_j, the largest rate of jumps */
  bound: f32,
  /** longest step of one sweep */
  longest: f32,
  /** added to the diagonal of D, whose middle it brings to 0 */
  shift: f32,
  /** middle of the energies h, which is taken off */
  middle: f32,
  /** jump rates of |j, m>, gamma_F and K0, K-, K+ in them: same r (dim - r) to j */
  same: f32,
  /** down r (r - 1) to j - 1 */
  down: f32,
  /** up (dim - r)(dim - r + 1) to j + 1 */
  up: f32,
  /** so for the channels of pumping, and then of dephasing, each first the collective one */
  more: array(f32, 8),
  /** where its committor starts */
  committor: u32,
});

/** Infinite where nothing happens becomes a number that float32 holds. */
function packBlocks(system: SystemParameters, table: readonly DriftBlock[]): ArrayBuffer {
  const { atoms, pumping, dephasing } = system;
  const { blocks } = new Pyramid(atoms);
  return Block.pack(
    table.map(({ j, dim, bound, longest, shift, middle, rates }, b) => {
      const [, same, down, up, ...more] = rates;
      // Half the rates of pumping and dephasing that are the same in all rows.
      const constant = (pumping * (atoms / 2 + j) + (dephasing * atoms) / 4) / 2;
      return {
        ...{ dim, bound, longest: Math.min(longest, 1e30), shift: shift - constant, middle },
        ...{ same, down, up, more, committor: blocks[b].offset },
      };
    }),
  );
}

/** The CRSS of every j, block after block; zeros where there is none. */
function packCrss(system: SystemParameters, parts: 1 | 2): Float32Array<ArrayBuffer> {
  const table = crssOfEveryJ(system) ?? driftTable(system).map(({ dim }) => new Float64Array(dim));
  const angle = crssAngle(system);
  const turned = (value: number, r: number) => [value * Math.cos(angle * r), value * Math.sin(angle * r)];
  return Float32Array.from(
    table.flatMap((amplitudes) =>
      parts === 1 ? [...amplitudes] : [...amplitudes].flatMap((value, r) => turned(value, r)),
    ),
  );
}

/** The packed committor with its off-diagonals doubled; one zero where there is none. */
function packCommittor(
  system: SystemParameters,
  parts: 1 | 2,
  committor: Float64Array | null,
): Float32Array<ArrayBuffer> {
  if (committor === null) return new Float32Array(parts);
  const weights = new Pyramid(system.atoms).weights();
  return Float32Array.from({ length: parts * weights.length }, (_, i) => {
    const [index, part] = [Math.floor(i / parts), i % parts];
    return weights[index] * (committor[part * weights.length + index] ?? 0);
  });
}
