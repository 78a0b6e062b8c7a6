/** The host's side of `shaders/dark-port/` and of `assembly/dark-port.ts`. */
import { createKernel } from '../gpu/kernel';
import { constants } from '../gpu/struct';
import {
  type DarkPortBlock,
  darkPortBlocks,
  darkPortBlocksWith,
  darkPortStart,
} from '../operators/dark-port';
import { type SystemParameters, sameSystem } from '../parameters/system';
import { layDarkPort } from './dark-port-memory';
import { blockOf, darkPortTables, tablePlaces } from './dark-port-tables';
import { ensembleDeclarations } from './ensemble-structs';
import { sharedBindings, type Unraveling, workgroupSizeOf } from './unraveling';
import { UnravelingError, unravelingFacts } from './unraveling-facts';

/**
 * Share of the jumps that may be alarms: jumps of which truncation to the kept modes lost the channel. Each leaves its
 * trajectory in a slightly wrong state for about one jump's time, far below what a million trajectories could see.
 */
const alarmBudget = 1e-4;

export const darkPort: Unraveling = {
  name: 'dark-port',
  ...unravelingFacts['dark-port'],
  start: (system) => darkPortStart(blocksOf(system)).start,
  async setUp(system, pause) {
    if (last === undefined || !sameSystem(last.system, system))
      last = { system, blocks: await darkPortBlocksWith(system, pause) };
  },
  async prepare(gpu, memory, system, walkers, shared, { committor }) {
    const lanes = gpu.subgroups ? 4 : 1;
    const workgroupSize = workgroupSizeOf(gpu);
    const tables = darkPortTables(system, blocksOf(system), lanes, committor);
    const kernel = await createKernel(gpu, {
      label: 'dark-port',
      program: gpu.subgroups ? `dark-port/quad-${tables.modes}` : 'dark-port/single',
      declarations: [
        ensembleDeclarations(system),
        blockOf(tables.modes / lanes).wgsl,
        constants({
          blockCount: tables.blockCount,
          vectorCount: tables.vectors.length / lanes,
          components: tables.modes / lanes,
          ...tablePlaces,
        }),
      ].join('\n'),
      entryPoint: 'walk',
      bindings: {
        ...sharedBindings,
        jumps: 'read',
        modeTable: 'read',
        blocks: 'read',
        vectors: 'read',
        amplitudes: 'read_write',
      },
      constants: {
        atoms: system.atoms,
        workgroupSize,
        walkerCount: walkers,
        hasCommittor: committor === null ? 0 : 1,
      },
    });
    const { modeTable, jumps, blocks, vectors, modes } = tables;
    return {
      pipeline: kernel.pipeline,
      bindGroup: kernel.bind({
        ...shared,
        jumps: memory.storage('jumps between modes', jumps),
        modeTable: memory.storage('decay, start and CRSS in the modes', modeTable),
        blocks: memory.storage('blocks of the dark port', blocks),
        vectors: memory.storage('modes', vectors),
        amplitudes: memory.storage('amplitudes', 2 * modes * walkers * Float32Array.BYTES_PER_ELEMENT),
      }),
      workgroups: Math.ceil((walkers * lanes) / workgroupSize),
      photonStore: null,
    };
  },
  assembly: () => ({
    float32: () => import('./assembly/dark-port-float32.ts?assembly'),
    float64: () => import('./assembly/dark-port-float64.ts?assembly'),
  }),
  lay: (memory, system, { committor }) => layDarkPort(memory, system, blocksOf(system), committor),
  judge(alarms, steps) {
    if (alarms <= alarmBudget * steps) return;
    throw new UnravelingError(
      `The dark port lost the channel of ${alarms} of ${steps} jumps, more than 1 in ${1 / alarmBudget}: this system's ` +
        `states need more modes than it keeps, 24 or 48 of a block. Use --unraveling photodetection.`,
    );
  },
};

/** The last system's blocks: runs repeat a system more often than not, and the largest take seconds. */
let last: { readonly system: SystemParameters; readonly blocks: readonly DarkPortBlock[] } | undefined;

function blocksOf(system: SystemParameters): readonly DarkPortBlock[] {
  if (last === undefined || !sameSystem(last.system, system))
    last = { system, blocks: darkPortBlocks(system) };
  return last.blocks;
}
