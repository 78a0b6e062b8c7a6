/** The package's types, as strict as TypeScript can be, by both ways in which it finds them. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, there } from './consumer';

/** Right but for what the comments expect to be refused. */
const program = `
import { type Command, type DocumentOf, meanField, type OptionsOf, run } from 'dicke-bistability-lab';
import { chooseTheme, type DickeLab } from 'dicke-bistability-lab/element';
import { run as runOnDevice } from 'dicke-bistability-lab/gpu';
import { read, run as runInNode, save } from 'dicke-bistability-lab/node';

const gap = await run('gap', { atoms: 54, ratio: 15.5, drive: 0.75 }, {
  signal: AbortSignal.timeout(1000),
  onProgress: ({ done, total }) => done / total,
  onPartial: ({ result }) => result.lambda1.error,
});
export const lambda1: number = gap.result.lambda1.value;
export const sector: 'symmetric' = gap.result.sector;
export const lambda2: number | undefined = gap.result.lambda2?.re;
// @ts-expect-error it may be null
gap.result.lambda2.re;
// @ts-expect-error no such field
gap.result.lambda3;
// @ts-expect-error no such option
await run('gap', { atmos: 3 });
// @ts-expect-error a text
await run('gap', { atoms: '54' });
// @ts-expect-error no such command
await run('gaps');
// @ts-expect-error computed on a GPU alone
await run('adapter');
// @ts-expect-error no such unraveling
await run('trajectories', { unraveling: 'none' });
// @ts-expect-error the cavity makes the drive
await run('cavity', { drive: 1 });
// @ts-expect-error no engine is chosen there
await run('gap', { engine: 'gpu' });
const ensemble = await run('trajectories', { unraveling: 'homodyne', targetObservable: 'Sz', resume: gap });
export const Sz: number | undefined = ensemble.result.steady?.Sz?.value;
await run('gap-scaling', { atoms: [18, 24], ratio: 15.5 });
await run('time-evolution', { ramp: '0:0.5,50:1' });
await run('trajectories', { shard: '2/8' });
await run('steady-state', { prove: ['Sz'] });
// @ts-expect-error no such moment
await run('steady-state', { prove: ['S'] });

declare const device: GPUDevice;
await runOnDevice('adapter', {}, { device });
// @ts-expect-error without a device
await runOnDevice('adapter', {}, {});

save(await runInNode('radiation', { port: 'mirror', engine: 'cpu' }), 'folder');
const some = read('file');
if (some.command === 'gap') some.result.lambda1.error;
// @ts-expect-error of any command
some.result.lambda1;

const lab: DickeLab = document.createElement('dicke-lab');
lab.setAttribute('query', 'atoms=54');
document.createElement('gap-panel').begin('gap');
chooseTheme('dark');
// @ts-expect-error no such theme
chooseTheme('grey');

export const options: OptionsOf<'trajectories'> = { burnIn: 3, g2Bins: 4 };
export const command: Command = 'mean-field';
export const aDocument: DocumentOf<'gap'> = gap;
export const sz: string | undefined = meanField({ atoms: 3 }).branches[0]?.sz.toFixed(2);
`;

const strict = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  isolatedModules: true,
  noEmit: true,
  target: 'ES2022',
  lib: ['ES2022', 'DOM'],
  types: [],
};

test.concurrent.each([
  { module: 'NodeNext', moduleResolution: 'NodeNext' },
  { module: 'ESNext', moduleResolution: 'Bundler' },
])('hold in a strict project, libraries checked as well: $moduleResolution', async (resolution) => {
  const tsconfig = { compilerOptions: { ...strict, ...resolution }, files: ['program.ts'] };
  const folder = folderWith({ 'program.ts': program, 'tsconfig.json': JSON.stringify(tsconfig) });
  const tsc = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc');
  const { status, stdout } = await there(process.execPath, [tsc, '-p', folder]);
  expect(stdout).toBe('');
  expect(status).toBe(0);
});
