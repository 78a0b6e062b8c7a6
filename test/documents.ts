/** A small document of every command as its file holds it, made without a GPU. */
import { nodeThreads } from '../src/command-line/threads';
import type { ResultDocument } from '../src/experiments/experiment';
import type { Command } from '../src/experiments/registry';
import { run } from '../src/experiments/run';
import { sealOf } from '../src/experiments/seal';
import { describe } from '../src/experiments/trajectories/describe-ensemble';
import type { Settings } from '../src/experiments/trajectories/trajectory-table';
import { traceOf } from '../src/experiments/trajectories/trajectory-trace';
import { NoAdapterError } from '../src/gpu/gpu';
import { systemParameters } from '../src/parameters/system';
import { EnsembleStatistics } from '../src/statistics/ensemble';
import { SwitchingStatistics } from '../src/statistics/switching';
import { photonPlan } from '../src/trajectories/photon-plan';
import { blockSize, channels, histogramBins, recordLayout } from '../src/trajectories/record';
import { unravelingFacts } from '../src/trajectories/unraveling-facts';
import { philox, uniform01 } from '../src/twin/philox';

/** As JSON gives it back. */
export type Plain = Record<string, unknown>;

export const throughJson = (document: object): Plain => JSON.parse(JSON.stringify(document));
/** With the SHA-256 of what it holds now. */
export const sealed = <Document extends object>(document: Document) => ({
  ...document,
  sha256: sealOf(document),
});

export async function documentOf(
  command: Command,
  system: object = {},
  options: object = {},
): Promise<Plain> {
  const listeners = {
    gpu: () => Promise.reject(new NoAdapterError('there is no GPU here')),
    threads: nodeThreads(2),
    signal: new AbortController().signal,
    tell: () => {},
  };
  return throughJson(await run({ command, system, options: { ...options } }, listeners));
}

/** A document of a result that was not computed here. */
export async function around(command: Command, system: object, result: object): Promise<Plain> {
  const empty = (await documentOf('mean-field', system)) as unknown as ResultDocument;
  const adapter = { vendor: 'maker', architecture: 'kind', description: '', fallback: false };
  const use = { engine: 'gpu', adapter, threads: null };
  return throughJson(sealed({ ...empty, command, ...use, warnings: ['slow'], result }));
}

export const ensembleSystem = { atoms: 3, gamma1d: 2, gammaf: 1, drive: 0.7 };

/** An ensemble of made-up trajectories, all that a real one has in it but the theory of its slow mode. */
export function ensembleDocument(settings: Partial<Settings> = {}, count = 300): Promise<Plain> {
  const system = systemParameters(ensembleSystem);
  const own: Settings = {
    ...{ time: 4, burnIn: 1, samples: 4, unraveling: 'dark-port', seed: 7, first: 0 },
    ...{ phase: 0, efficiency: 1, g2Time: 0, g2Bins: 0, records: 0 },
    ...settings,
  };
  const { currents } = unravelingFacts[own.unraveling];
  const layout = recordLayout(system, own.samples + 1, currents);
  let draws = 0;
  const scatter = () => uniform01(philox([draws++, 0, own.first, own.seed], [5, 0])[0]);
  const row = (length: number) => Float32Array.from({ length }, scatter);
  const plan = own.unraveling === 'photodetection' ? photonPlan(layout, own, own) : null;
  const newSwitching = () => new SwitchingStatistics(system.atoms, 1, layout.slots, 1, 0);
  const statistics = new EnsembleStatistics(system, own, newSwitching);
  const blocks = Array.from({ length: Math.ceil(count / blockSize) }, (_, b) => {
    const [mean, M2, least] = [row(layout.rows), row(layout.rows), row(layout.rows)];
    const most = least.map((value) => value + 1);
    return { count: Math.min(blockSize, count - b * blockSize), mean, M2, least, most };
  });
  const each = <T>(make: () => T) => Array.from({ length: count }, make);
  const records = each(() => 0)
    .slice(0, own.records)
    .map((_, i) => ({ trajectory: own.first + i, t: [1.25, 2.5], channel: [0, 3], missed: 0 }));
  // What is not filled comes in a batch of its own.
  for (const [b, block] of blocks.entries()) {
    statistics.add({
      ...{ seed: own.seed, first: own.first + b * blockSize, count: block.count, alarms: 1, blocks: [block] },
      perTrajectory: Array.from({ length: block.count }, () =>
        row(layout.observables.length + channels.length),
      ),
      traces: [],
      switching: { committor: row(layout.slots * block.count), Sz: row(layout.slots * block.count) },
      histogram: new Uint32Array(layout.slots * histogramBins).fill(block.count / 4),
      photons: plan && {
        plan,
        perTrajectory: Array.from({ length: block.count }, () =>
          row(plan.rows - plan.windows).map((x) => x + 1),
        ),
      },
      jumpRecords: [],
    });
  }
  const traces = [0, 1].map(() => traceOf(system, own, {}, row(layout.averages)));
  const result = describe(
    system,
    own,
    statistics,
    { engines: ['maker kind'], traces, records },
    null,
    null,
    'count',
  );
  return around('trajectories', ensembleSystem, result);
}

export const detected = { unraveling: 'homodyne', phase: 1, efficiency: 0.5 } as const;
export const photodetected = { unraveling: 'photodetection', g2Time: 1, g2Bins: 3, records: 2 } as const;

const adapterResult = {
  info: { vendor: 'maker', architecture: 'kind', description: 'card', fallback: true },
  limits: { maxBufferSize: 2 ** 28 },
  features: ['subgroups'],
  checks: [{ name: 'sums', passed: true, worst: 1e-7, allowed: 1e-6 }],
};

/** One of each command, and some more where a result can have another form. */
export async function everyDocument(): Promise<[what: string, document: Plain][]> {
  const documents: [string, Promise<Plain>][] = [
    ['mean field', documentOf('mean-field')],
    ['mean field of two atoms', documentOf('mean-field', { atoms: 2 })],
    ['cavity', documentOf('cavity')],
    ['steady state', documentOf('steady-state', { atoms: 4 })],
    ['gap', documentOf('gap', { atoms: 4 })],
    ['gap of one atom', documentOf('gap', { atoms: 1, omega: 1 })],
    ['metastable states', documentOf('metastable', { atoms: 10 })],
    ['closing of the gap', documentOf('gap-scaling', { ratio: 9 }, { atoms: '12,14' })],
    ['time evolution', documentOf('time-evolution', { atoms: 3 }, { time: 1, samples: 2 })],
    ['ensemble', ensembleDocument()],
    ['ensemble by photodetection', ensembleDocument(photodetected)],
    ['ensemble by homodyne detection', ensembleDocument(detected)],
    ['self-test', around('adapter', {}, adapterResult)],
  ];
  return Promise.all(documents.map(async ([what, document]) => [what, await document] as [string, Plain]));
}
