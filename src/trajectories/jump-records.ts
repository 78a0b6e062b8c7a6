/** Every jump of the first trajectories, as `shaders/photodetection/photon-counting.wgsl` leaves them. */
import type { Gpu } from '../gpu/gpu';
import { Readback } from '../gpu/readback';
import type { PhotonPlan } from './photon-plan';

/** One trajectory's jumps in their order. */
export interface JumpRecord {
  /** its number among the seed's */
  readonly trajectory: number;
  readonly t: readonly number[];
  /** 0 collective; one atom's emission 1 to the same j, 2 to j - 1, 3 to j + 1; and so 4 to 7 of pumping, 8 to 11 of dephasing */
  readonly channel: readonly number[];
  /** later jumps, for which there was no room */
  readonly missed: number;
}

const word = Uint32Array.BYTES_PER_ELEMENT;

/** Bytes of the shader's photonStore: its delay bins, then its jump records. */
export function photonStoreBytes(plan: PhotonPlan, walkers: number): number {
  return delayBinBytes(plan, walkers) + jumpRecordBytes(plan);
}

function delayBinBytes({ delayBins }: PhotonPlan, walkers: number): number {
  return delayBins > 0 ? (2 + delayBins) * walkers * word : 0;
}

function jumpRecordBytes({ records, jumpsKept }: PhotonPlan): number {
  return records * (1 + 2 * jumpsKept) * word;
}

/** @param first number of the batch's first trajectory */
export async function readJumpRecords(
  gpu: Gpu,
  plan: PhotonPlan,
  photonStore: GPUBuffer,
  walkers: number,
  first: number,
): Promise<JumpRecord[]> {
  const { records, jumpsKept, interval } = plan;
  const bytes = jumpRecordBytes(plan);
  const readback = new Readback(gpu, 'jump records', bytes);
  const encoder = gpu.device.createCommandEncoder();
  const read = readback.copy(encoder, photonStore, delayBinBytes(plan, walkers), bytes);
  gpu.device.queue.submit([encoder.finish()]);
  const words = new DataView(await read());
  readback.destroy();
  const at = (i: number) => words.getUint32(word * i, true);
  return Array.from({ length: records }, (_, i) => {
    const kept = Math.min(at(i), jumpsKept);
    const places = Array.from({ length: kept }, (_, jump) => records + 2 * (i * jumpsKept + jump));
    return {
      trajectory: first + i,
      t: places.map((place) => (at(place) >>> 4) * interval - words.getFloat32(word * (place + 1), true)),
      channel: places.map((place) => at(place) & 15),
      missed: at(i) - kept,
    };
  });
}
