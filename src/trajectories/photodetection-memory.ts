/** The walk by photodetection in WebAssembly: its code, and what `assembly/photodetection.ts` and `assembly/photon-counting.ts` read. */
import { type DriftBlock, driftTable, energy, jumpRate } from '../operators/drift';
import { Pyramid } from '../operators/pyramid';
import { isReal, type SystemParameters } from '../parameters/system';
import { atStrongest, driveStretches, leftOut } from './drive-stretches';
import type { LinearMemory } from './linear-memory';
import type { PhotonPlan } from './photon-plan';
import { hasMoreChannels } from './record';
import type { OnCpu, Recordings } from './unraveling';
import { unravelingFacts } from './unraveling-facts';

export const photodetectionOnCpu: OnCpu = {
  photons: unravelingFacts.photodetection.photons,
  currents: unravelingFacts.photodetection.currents,
  parts: (system) => (isReal(system) ? 1 : 2),
  assembly: (parts) =>
    parts === 1
      ? {
          float32: () => import('./assembly/photodetection-program.ts?float32-assembly'),
          float64: () => import('./assembly/photodetection-program.ts?float64-assembly'),
        }
      : {
          float32: () => import('./assembly/photodetection-complex-program.ts?float32-assembly'),
          float64: () => import('./assembly/photodetection-complex-program.ts?float64-assembly'),
        },
  lay: layPhotodetection,
};

/** So for a step under a ramp, of fifth order: in float64, where it is the oracle, more than rounding. */
const ramped = { ...leftOut, float64: 1e-13 } as const;
/** float64 needs no more at taylorReach. */
const mostOrders = 24;

/** Places all of it; returns the addresses and numbers of the code's globals. */
function layPhotodetection(
  memory: LinearMemory,
  system: SystemParameters,
  { committor, photons, ramp, detection: { efficiency } }: Recordings,
) {
  if (photons === null) throw new Error('photodetection is walked without a plan for its photons');
  const { gamma1D } = system;
  const parts = isReal(system) ? 1 : 2;
  const table = driftTable(atStrongest(system, ramp));
  const stretches = ramp === null ? [] : driveStretches(system, ramp, ramped[memory.precision]);
  return {
    ...{ gamma1D, efficiency },
    // Under a ramp a sweep makes its own couplings.
    ...layJumps(memory, ramp === null ? system : { ...system, omega: 1 }, parts, table, committor),
    stretches: memory.scalars(
      stretches.flatMap(({ from, omega, slope, longest }) => [from, omega, slope, longest]),
    ),
    stretchCount: stretches.length,
    driven: memory.room(memory.rowStride(system.atoms) + memory.lanes),
    ...layPhotons(memory, photons),
  };
}

/** What the smooth evolution and the jumps of photodetection read. @param parts of an amplitude */
export function layJumps(
  memory: LinearMemory,
  system: SystemParameters,
  parts: 1 | 2,
  table: readonly DriftBlock[],
  committor: Float64Array | null,
) {
  const { atoms, omega } = system;
  const perRow = (value: (b: number, r: number) => number) => memory.rowTable(atoms, value);
  const state = () => memory.state(atoms, parts);
  return {
    // Infinite where nothing happens becomes a number that any kind of float holds.
    drift: memory.scalars(
      table.flatMap(({ bound, longest, radius, rates }) => [
        ...[bound, Math.min(longest, 1e30), radius],
        ...rates,
      ]),
    ),
    hasMoreChannels: hasMoreChannels(system) ? 1 : 0,
    diagonal: perRow((b, r) => {
      const { j, shift } = table[b];
      return shift - jumpRate(system, j, r - j) / 2;
    }),
    ...(parts === 2 && {
      energies: perRow((b, r) => energy(system, table[b].j, r - table[b].j) - table[b].middle),
    }),
    coupling: perRow((b, r) => omega * Math.sqrt(r * (table[b].dim - r))),
    reachOfOrder: memory.scalars(
      Array.from({ length: mostOrders + 1 }, (_, order) =>
        order === mostOrders ? Number.MAX_VALUE : reachOf(order, leftOut[memory.precision]),
      ),
    ),
    hasCommittor: committor === null ? 0 : 1,
    committors: layCommittor(memory, atoms, parts, committor),
    even: state(),
    odd: state(),
  };
}

/** The largest h w after which 2 (h w)^(order + 1)/(order + 1)! is left out. */
function reachOf(order: number, least: number): number {
  let factorial = 1;
  for (let k = 2; k <= order + 1; k++) factorial *= k;
  return ((least / 2) * factorial) ** (1 / (order + 1));
}

/**
 * By block the address of its rows, each padded to vectors, with off-diagonals twice: psi^+ p psi is their plain sum. A row's antisymmetric
 * part follows it where amplitudes are complex, 0 where the committor has none.
 */
function layCommittor(
  memory: LinearMemory,
  atoms: number,
  parts: 1 | 2,
  committor: Float64Array | null,
): number {
  if (committor === null) return 0;
  const pyramid = new Pyramid(atoms);
  const addresses = memory.wordTable(pyramid.blocks.length);
  pyramid.blocks.forEach(({ dim }, b) => {
    const starts = [0];
    for (let r = 0; r < dim; r++) starts.push(starts[r] + parts * memory.inVectors(r + 1));
    const { address, numbers } = memory.table(starts[dim]);
    addresses.numbers[b] = address;
    for (let r = 0; r < dim; r++) {
      for (let c = 0; c <= r; c++) {
        const index = pyramid.index(b, r, c);
        numbers[starts[r] + c] = (r === c ? 1 : 2) * committor[index];
        if (parts === 2)
          numbers[starts[r] + memory.inVectors(r + 1) + c] = 2 * (committor[pyramid.unknowns + index] ?? 0);
      }
    }
  });
  return addresses.address;
}

function layPhotons(memory: LinearMemory, plan: PhotonPlan) {
  const { intervals, counts, windows, intensity, delayBins, delayBin, windowBins, records, jumpsKept } = plan;
  const lengths = memory.wordTable(plan.lengths.length);
  lengths.numbers.set(plan.lengths);
  return {
    intervals,
    counts,
    windows,
    intensity,
    lengths: lengths.address,
    lengthCount: plan.lengths.length,
    delayBins,
    delayBin,
    windowBins,
    photons: memory.words(2 * delayBins),
    jumpsKept,
    jumpCounts: memory.words(records),
    jumpWords: memory.words(records * jumpsKept),
    jumpTimes: memory.room(records * jumpsKept),
  };
}
