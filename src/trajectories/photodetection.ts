/** The host's side of `shaders/photodetection.wgsl`. */
import ensembleSource from '../../shaders/ensemble.wgsl?raw';
import philoxSource from '../../shaders/philox.wgsl?raw';
import photodetectionSource from '../../shaders/photodetection.wgsl?raw';
import photonCountingSource from '../../shaders/photon-counting.wgsl?raw';
import { createKernel } from '../gpu/kernel';
import { crssOfEveryJ } from '../operators/crss';
import { driftTable } from '../operators/drift';
import { Pyramid } from '../operators/pyramid';
import type { SystemParameters } from '../parameters/system';
import { photonStoreBytes } from './jump-records';
import { sharedBindings, type Unraveling, UnravelingError, workgroupSizeOf } from './unraveling';

export const photodetection: Unraveling = {
  name: 'photodetection',
  photons: true,
  start: () => 'ground state',
  // Candidates for photons come at gamma_1D N^2/4 or less, and each goes through 2j + 13 rows.
  secondsPerTime: ({ atoms, gamma1D, gammaF }) =>
    9.5e-9 * (gamma1D * atoms ** 2 + gammaF * atoms) * (atoms + 13),
  async prepare(gpu, memory, system, walkers, shared, { committor, photons }) {
    if (photons === null) throw new Error('photodetection is walked without a plan for its photons');
    const workgroupSize = workgroupSizeOf(gpu);
    const kernel = await createKernel(gpu, {
      label: 'photodetection',
      sources: [philoxSource, ensembleSource, photodetectionSource, photonCountingSource],
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
        windowLengths: photons.lengths.length,
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
  judge(alarms) {
    if (alarms > 0) throw new UnravelingError(`${alarms} events found a jump rate above its bound.`);
  },
};

/** The shader's array<Block>, in its field order; infinite where nothing happens becomes float32's largest. */
function packBlocks(system: SystemParameters): ArrayBuffer {
  const bytes = 8 * 4;
  const { blocks } = new Pyramid(system.atoms);
  const table = driftTable(system);
  const packed = new DataView(new ArrayBuffer(table.length * bytes));
  table.forEach(({ dim, bound, longest, shift, same, down, up }, b) => {
    packed.setUint32(b * bytes, dim, true);
    [bound, Math.min(longest, 1e30), shift, same, down, up].forEach((value, i) => {
      packed.setFloat32(b * bytes + (i + 1) * 4, value, true);
    });
    packed.setUint32(b * bytes + 28, blocks[b].offset, true);
  });
  return packed.buffer;
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
