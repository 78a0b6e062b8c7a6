/** The host's side of `shaders/dark-port.wgsl`. */
import darkPortSource from '../../shaders/dark-port.wgsl?raw';
import ensembleSource from '../../shaders/ensemble.wgsl?raw';
import philoxSource from '../../shaders/philox.wgsl?raw';
import quadSource from '../../shaders/quad.wgsl?raw';
import { createKernel } from '../gpu/kernel';
import type { SystemParameters } from '../parameters/system';
import { type DarkPortTables, darkPortTables } from './dark-port-tables';
import { sharedBindings, type Unraveling, UnravelingError } from './unraveling';

/** Invocations to a workgroup and to a walker, as in the shader. */
const workgroupSize = 32;
const lanes = 4;

/**
 * Share of the jumps that may be alarms: jumps of which truncation to the kept modes lost the channel. Each leaves its
 * trajectory in a slightly wrong state for about one jump's time, far below what a million trajectories could see.
 */
const alarmBudget = 1e-4;

export const darkPort: Unraveling = {
  name: 'dark-port',
  photons: false,
  start: (system) => tablesOf(system).start,
  async prepare(gpu, memory, system, walkers, shared) {
    if (!gpu.subgroups) {
      throw new UnravelingError(
        'The dark port needs subgroup operations, which this browser or GPU does not offer: use photodetection.',
      );
    }
    const tables = tablesOf(system);
    const sizes = `const blockCount = ${tables.blockCount}u; const vectorCount = ${tables.vectors.length}u;`;
    const kernel = await createKernel(gpu, {
      label: 'dark-port',
      sources: [preamble, sizes, philoxSource, ensembleSource, quadSource, darkPortSource],
      entryPoint: 'walk',
      bindings: {
        ...sharedBindings,
        jumps: 'read',
        decay: 'read',
        blocks: 'read',
        vectors: 'read',
        amplitudes: 'read_write',
      },
      constants: { atoms: system.atoms, walkerCount: walkers },
    });
    const { decay, jumps, blocks, vectors, modes } = tables;
    return {
      pipeline: kernel.pipeline,
      bindGroup: kernel.bind({
        ...shared,
        jumps: memory.storage('jumps between modes', jumps),
        decay: memory.storage('decay of the modes', decay),
        blocks: memory.storage('blocks of the dark port', blocks),
        vectors: memory.storage('modes', vectors),
        amplitudes: memory.storage('amplitudes', 2 * modes * walkers * Float32Array.BYTES_PER_ELEMENT),
      }),
      workgroups: Math.ceil((walkers * lanes) / workgroupSize),
    };
  },
  judge(alarms, steps) {
    if (alarms <= alarmBudget * steps) return;
    throw new UnravelingError(
      `The dark port lost the channel of ${alarms} of ${steps} jumps: this system's states need more modes than ` +
        'it keeps. Use photodetection.',
    );
  },
};

/** Quads take their branches together, which WGSL's uniformity analysis cannot see. */
const preamble = 'enable subgroups;\ndiagnostic(off, subgroup_uniformity);';

/** The last system's tables: runs repeat a system more often than not, and the largest take seconds. */
let last: { readonly key: string; readonly tables: DarkPortTables } | undefined;

function tablesOf(system: SystemParameters): DarkPortTables {
  const key = JSON.stringify([system.atoms, system.gamma1D, system.gammaF, system.omega]);
  if (last?.key !== key) last = { key, tables: darkPortTables(system) };
  return last.tables;
}
