/** The host's side of `shaders/dark-port/` and of `assembly/dark-port.ts`. */
import { createKernel } from '../gpu/kernel';
import { constants } from '../gpu/struct';
import {
  darkPortBlocks,
  darkPortBlocksWith,
  darkPortStart,
  modesKept,
  skippedProcesses,
} from '../operators/dark-port';
import { type Propagator, propagatorsOf, rung } from '../operators/detuned-dark-port';
import { isReal, type SystemParameters, sameSystem } from '../parameters/system';
import { layDarkPort } from './dark-port-memory';
import {
  blockOf,
  type DarkPortModes,
  darkPortTables,
  operatorsOf,
  tablePlaces,
  turnOf,
} from './dark-port-tables';
import { ensembleDeclarations } from './ensemble-structs';
import { channels } from './record';
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
  start: (system) => darkPortStart(modesOf(system).blocks).start,
  async setUp(system, pause) {
    if (last !== undefined && sameSystem(last.system, system)) return;
    const turn = turnOf(system);
    const parts = isReal(system) ? 2 : 3;
    const blocks = await darkPortBlocksWith(system, (done, all) => pause(done, (all * parts) / 2), turn);
    const ladders: Propagator[][] = [];
    if (!isReal(system)) {
      for (const block of blocks) {
        ladders.push(propagatorsOf(block));
        await pause(2 * blocks.length + ladders.length, parts * blocks.length);
      }
    }
    last = { system, turn, blocks, ladders };
  },
  async prepare(gpu, memory, system, walkers, shared, { committor }) {
    const all = modesOf(system);
    const lanes = gpu.subgroups ? 4 : 1;
    const workgroupSize = workgroupSizeOf(gpu);
    const tables = darkPortTables(system, all, lanes, committor);
    const kernel = await createKernel(gpu, {
      label: 'dark-port',
      program: [
        gpu.subgroups ? `dark-port/quad-${tables.modes}` : 'dark-port/single',
        isReal(system) ? 'dark-port/dark-port' : 'dark-port/detuned',
      ],
      declarations: [
        ensembleDeclarations(system),
        blockOf(tables.modes / lanes, operatorsOf(all, 0).length).wgsl,
        constants({
          blockCount: tables.blockCount,
          vectorCount: tables.vectors.length / lanes,
          components: tables.modes / lanes,
          ...tablePlaces(all),
          rungRatio: rung,
          channelsCounted: channels.length,
          skippedProcesses: skippedProcesses(system),
          modeNumbers: tables.modeTable.length,
          anglesAt: tables.modeTable.length - tables.angles,
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
  parts: (system) => (isReal(system) ? 1 : 2),
  assembly: (parts) =>
    parts === 1
      ? {
          float32: () => import('./assembly/dark-port-program.ts?float32-assembly'),
          float64: () => import('./assembly/dark-port-program.ts?float64-assembly'),
        }
      : {
          float32: () => import('./assembly/detuned-dark-port-program.ts?float32-assembly'),
          float64: () => import('./assembly/detuned-dark-port-program.ts?float64-assembly'),
        },
  lay: (memory, system, { committor }) => layDarkPort(memory, system, modesOf(system), committor),
  judge(alarms, steps) {
    if (alarms <= alarmBudget * steps) return;
    throw new UnravelingError(
      `The dark port lost the channel of ${alarms} of ${steps} jumps, more than 1 in ${1 / alarmBudget}: this system's ` +
        `states need more modes than it keeps, 24 or 48 of a block. Use --unraveling photodetection.`,
    );
  },
};

/** The last system's modes: runs repeat a system more often than not, and the largest take seconds. */
let last: (DarkPortModes & { readonly system: SystemParameters }) | undefined;

function modesOf(system: SystemParameters): DarkPortModes {
  if (last !== undefined && sameSystem(last.system, system)) return last;
  const turn = turnOf(system);
  const blocks = darkPortBlocks(system, modesKept(system), turn);
  last = { system, turn, blocks, ladders: isReal(system) ? [] : blocks.map(propagatorsOf) };
  return last;
}
