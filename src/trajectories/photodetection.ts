/** The host's side of `shaders/photodetection/` and of `assembly/photodetection.ts`. */
import { createKernel } from '../gpu/kernel';
import { f32, Struct, u32 } from '../gpu/struct';
import { crssOfEveryJ } from '../operators/crss';
import { driftTable } from '../operators/drift';
import { Pyramid } from '../operators/pyramid';
import type { SystemParameters } from '../parameters/system';
import { ensembleDeclarations } from './ensemble-structs';
import { photonStoreBytes } from './jump-records';
import { layPhotodetection } from './photodetection-memory';
import { sharedBindings, type Unraveling, workgroupSizeOf } from './unraveling';
import { UnravelingError, unravelingFacts } from './unraveling-facts';

export const photodetection: Unraveling = {
  name: 'photodetection',
  ...unravelingFacts.photodetection,
  start: () => 'ground state',
  async prepare(gpu, memory, system, walkers, shared, { committor, photons }) {
    if (photons === null) throw new Error('photodetection is walked without a plan for its photons');
    const workgroupSize = workgroupSizeOf(gpu);
    const kernel = await createKernel(gpu, {
      label: 'photodetection',
      program: 'photodetection/photodetection',
      declarations: [ensembleDeclarations, Block.wgsl].join('\n'),
      entryPoint: 'walk',
      bindings: {
        ...sharedBindings,
        blocks: 'read',
        psi: 'read_write',
        crss: 'read',
        committor: 'read',
        photonStore: 'read_write',
      },
      constants: {
        atoms: system.atoms,
        workgroupSize,
        walkerCount: walkers,
        omega: system.omega,
        gamma1D: system.gamma1D,
        gammaF: system.gammaF,
        hasCommittor: committor === null ? 0 : 1,
        delayBins: photons.delayBins,
        delayBin: photons.delayBin,
        windowBins: photons.windowBins,
        jumpsKept: photons.jumpsKept,
      },
    });
    const blocks = memory.storage('drift of each block', packBlocks(system));
    const psi = memory.storage('psi', (system.atoms + 1) * walkers * Float32Array.BYTES_PER_ELEMENT);
    const crss = memory.storage('CRSS of each block', packCrss(system));
    const packedCommittor = memory.storage('committor', packCommittor(system, committor));
    const photonStore = memory.storage('photons', photonStoreBytes(photons, walkers));
    return {
      pipeline: kernel.pipeline,
      bindGroup: kernel.bind({ ...shared, blocks, psi, crss, committor: packedCommittor, photonStore }),
      workgroups: Math.ceil(walkers / workgroupSize),
      photonStore,
    };
  },
  assembly: {
    float32: () => import('./assembly/photodetection-float32.ts?assembly'),
    float64: () => import('./assembly/photodetection-float64.ts?assembly'),
  },
  lay: layPhotodetection,
  judge(alarms) {
    if (alarms > 0) throw new UnravelingError(`${alarms} events found a jump rate above its bound.`);
  },
};

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
  /** jump rates of |j, m>, gamma_F and K0, K-, K+ in them: same r (dim - r) to j */
  same: f32,
  /** down r (r - 1) to j - 1 */
  down: f32,
  /** up (dim - r)(dim - r + 1) to j + 1 */
  up: f32,
  /** where its committor starts */
  committor: u32,
});

/** Infinite where nothing happens becomes a number that float32 holds. */
function packBlocks(system: SystemParameters): ArrayBuffer {
  const { blocks } = new Pyramid(system.atoms);
  return Block.pack(
    driftTable(system).map(({ dim, bound, longest, shift, same, down, up }, b) => ({
      dim,
      bound,
      longest: Math.min(longest, 1e30),
      shift,
      same,
      down,
      up,
      committor: blocks[b].offset,
    })),
  );
}

/** The CRSS of every j, block after block; zeros where there is none. */
function packCrss(system: SystemParameters): Float32Array<ArrayBuffer> {
  const table = crssOfEveryJ(system) ?? driftTable(system).map(({ dim }) => new Float64Array(dim));
  return Float32Array.from(table.flatMap((amplitudes) => [...amplitudes]));
}

/** The packed committor with its off-diagonals doubled; one zero where there is none. */
function packCommittor(
  { atoms }: SystemParameters,
  committor: Float64Array | null,
): Float32Array<ArrayBuffer> {
  if (committor === null) return new Float32Array(1);
  return Float32Array.from(new Pyramid(atoms).weights(), (weight, i) => weight * committor[i]);
}
