/** The package in plain Node, in a project of its own that has nothing else. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, inject, test } from 'vitest';
import type { DocumentOf } from '../../src/experiments/registry';
import type { MeanField } from '../../src/library/mean-field';
import { softwareVulkan } from '../browser/software-vulkan';
import figure2b from '../reference/point-N54-figure2b.json';
import { printed, there } from './consumer';

const figure2bSystem = '{ atoms: 54, ratio: 15.5, drive: 0.75 }';
const bin = join('node_modules', '.bin', 'dicke-bistability-lab');

test('a mean field at once, and a gap that tells how far it is', async () => {
  const { field, gap, progress } = await printed<{
    field: MeanField;
    gap: DocumentOf<'gap'>;
    progress: string[];
  }>(`import { meanField, run } from 'dicke-bistability-lab';
    const progress = [];
    const onProgress = ({ phase, done, total }) => progress.push(\`\${phase} \${done <= total}\`);
    const gap = await run('gap', ${figure2bSystem}, { onProgress });
    console.log(JSON.stringify({ field: meanField(${figure2bSystem}), gap, progress }));`);
  expect(field.branches.map(({ stable }) => stable)).toEqual([true, false, true]);
  expect(field.branches[0].sz).toBeCloseTo(-0.635035, 6);
  expect(field.parameters.omega).toBe(2.90625);
  expect(field.warnings).toEqual([]);
  const { lambda1, certified } = gap.result;
  expect(certified).toBe(true);
  expect(Math.abs(lambda1.value - figure2b.lambda1)).toBeLessThan(lambda1.error + 1e-9);
  expect([...new Set(progress)]).toEqual(['slow mode true']);
  expect({ engine: gap.engine, command: gap.command }).toEqual({ engine: 'cpu', command: 'gap' });
});

test('what a run proves is checked by its certificate, here and on the command line', async () => {
  const file = join(inject('consumer'), 'steady.proof');
  const { proven, checked, refused } = await printed<
    Record<'proven' | 'checked', object> & { refused: string }
  >(`
    import { writeFileSync } from 'node:fs';
    import { CertificateError, run, verify } from 'dicke-bistability-lab';
    let bytes;
    const { result } = await run('steady-state', { atoms: 5, prove: ['Sz'] }, { onCertificate: (given) => (bytes = given) });
    writeFileSync(${JSON.stringify(file)}, bytes);
    const { proven: checked } = verify(bytes);
    bytes[bytes.length - 100] ^= 1;
    let refused = '';
    try { verify(bytes); } catch (error) { refused = \`\${error instanceof CertificateError} \${error.message}\`; }
    console.log(JSON.stringify({ proven: result.proven, checked, refused }));`);
  expect(checked).toEqual(proven);
  expect(checked).toHaveProperty('Sz.lower');
  expect(refused).toMatch(/^true It was altered/);
  const { status, stdout } = await there(bin, ['verify', file]);
  expect(status).toBe(0);
  expect(stdout).toContain('Proven.');
});

test('the document is that of the command line, to its SHA-256', async () => {
  const words = '--atoms 5 --count 300 --time 2 --burn-in 1 --samples 4 --seed 7';
  const [library, { status, stdout }] = await Promise.all([
    printed<DocumentOf<'trajectories'>>(`import { run } from 'dicke-bistability-lab';
      const options = { atoms: 5, count: 300, time: 2, burnIn: 1, samples: 4, seed: 7 };
      console.log(JSON.stringify(await run('trajectories', options)));`),
    there('npx', ['dicke-bistability-lab', 'trajectories', ...words.split(' '), '--engine', 'cpu', '--json']),
  ]);
  expect(status).toBe(0);
  expect(library).toEqual({ ...JSON.parse(stdout), seconds: library.seconds });
  expect(library.result.count).toBe(300);
});

test('what is stopped returns what was finished, and goes on from there as if in one run', async () => {
  const { stopped, more, whole, before } = await printed<{
    stopped: DocumentOf<'trajectories'>;
    more: DocumentOf<'trajectories'>;
    whole: DocumentOf<'trajectories'>;
    before: string;
  }>(`import { readDocument, run } from 'dicke-bistability-lab';
    const options = { atoms: 4, time: 1, burnIn: 0.5, samples: 4, seed: 3 };
    const controller = new AbortController();
    const onPartial = ({ interrupted, result }) => {
      if (interrupted && result.count >= 256) controller.abort();
    };
    const stopped = await run('trajectories', { ...options, count: 1e8 }, { signal: controller.signal, onPartial });
    const count = stopped.result.count + 100;
    const resume = readDocument(JSON.parse(JSON.stringify(stopped)));
    const more = await run('trajectories', { resume, count });
    const whole = await run('trajectories', { ...options, count });
    const before = await run('gap', {}, { signal: AbortSignal.abort() }).catch(({ name }) => name);
    console.log(JSON.stringify({ stopped, more, whole, before }));`);
  expect(stopped.interrupted).toBe(true);
  expect(stopped.warnings.join()).toMatch(
    /^Interrupted: \d+ of 100000000 trajectories were finished and kept/,
  );
  expect(more.interrupted).toBe(false);
  expect(more.result).toEqual(whole.result);
  expect(before).toBe('AbortError');
});

/** Options as the library is given them, and as the command line is. */
const refused = [
  ['gap', '{ atoms: 0 }', '--atoms 0'],
  ['gap', '{ ratio: 60, atoms: 54 }', '--ratio 60 --atoms 54'],
  ['gap', '{ ratio: 15, gammaf: 1 }', '--ratio 15 --gammaf 1'],
  ['trajectories', '{ burnIn: 1000 }', '--burn-in 1000'],
  ['trajectories', '{ unraveling: "none" }', '--unraveling none'],
  ['time-evolution', '{ ramp: "0:x" }', '--ramp 0:x'],
  ['gap-scaling', '{ atoms: [18, 4] }', '--atoms 18,4'],
] as const;

test('bad input is refused in the words of the command line', async () => {
  const ended = refused.map(([command, , words]) => there(bin, [command, ...words.split(' ')]));
  const calls = refused.map(([command, options]) => `run('${command}', ${options}).catch(say)`);
  const [library, ...lines] = await Promise.all([
    printed<string[]>(`import { InputError, meanField, run } from 'dicke-bistability-lab';
      const say = (error) => \`\${error instanceof InputError} \${error.message}\`;
      const said = [${calls}, run('adapter').catch(say), run('gaps').catch(say), run('gap', { atmos: 3 }).catch(say),
        run('gap', null).catch(say), run('gap', 54).catch(say)];
      try { meanField({ Atoms: 54 }); } catch (error) { said.push(say(error)); }
      console.log(JSON.stringify(await Promise.all(said)));`),
    ...ended,
  ]);
  expect(lines.map(({ status }) => status)).toEqual(refused.map(() => 2));
  // A list is echoed as it was given.
  expect(library.slice(0, refused.length)).toEqual(
    lines.map(({ stderr }) => `true ${stderr.trim().replace('"18,4"', '18,4')}`),
  );
  expect(library.slice(refused.length)).toEqual([
    'true --command must be one that the CPU computes (dicke-bistability-lab/gpu and /node have the others), but got "adapter"',
    expect.stringMatching(/^true --command must be one of mean-field, .*, but got "gaps"$/),
    expect.stringMatching(
      /^true --atmos must be left out: gap takes --atoms, .*, --tolerance(, .*)?, but got 3$/,
    ),
    expect.stringMatching(
      /^true --options must be an object of those that gap takes: --atoms, .*, but got nothing$/,
    ),
    expect.stringMatching(/^true --options must be an object .*, but got 54$/),
    expect.stringMatching(/^true ---atoms must be left out: a system takes --atoms, .*, but got 54$/),
  ]);
});

test('Node has files besides, and says where its GPU is missing', async () => {
  const folder = join(inject('consumer'), 'out');
  const { same, files, head, gpu, engine, altered } = await printed<Record<string, unknown>>(`
    import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
    import { hdf5 } from 'dicke-bistability-lab';
    import { read, run, save } from 'dicke-bistability-lab/node';
    const document = await run('steady-state', { atoms: 3 });
    const folder = ${JSON.stringify(folder)};
    save(document, folder);
    const file = folder + '/steady-state.json';
    const same = read(file).sha256 === document.sha256;
    const files = readdirSync(folder);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"residual":', '"residual":1'));
    let altered = '';
    try { read(file); } catch (error) { altered = error.message; }
    const head = [...(await hdf5([document])).subarray(1, 4)];
    const gpu = await run('adapter', { engine: 'gpu' }).catch(({ name, message }) => name + ': ' + message);
    console.log(JSON.stringify({ same, files, head, gpu, engine: document.engine, altered }));`);
  expect(same).toBe(true);
  expect(files).toContain('steady-state.csv');
  expect(String.fromCharCode(...(head as number[]))).toBe('HDF');
  expect(engine).toBe('cpu');
  expect(altered).toMatch(
    /^--document must be a result of steady-state as it was written: this one was changed/,
  );
  expect(gpu).toMatch(/^NoAdapterError: The package webgpu, which talks to GPUs, is not installed\./);
});

test('runs on a device that the caller opened, and leaves it open', async () => {
  const webgpu = pathToFileURL(join(import.meta.dirname, '../../node_modules/webgpu/index.js')).href;
  const { gpu, cpu, isOpen, lost } = await printed<
    Record<'gpu' | 'cpu', DocumentOf<'trajectories'>> & { isOpen: boolean; lost: string }
  >(
    `import { run } from 'dicke-bistability-lab';
    import { run as runOn } from 'dicke-bistability-lab/gpu';
    import { create, globals } from ${JSON.stringify(webgpu)};
    Object.assign(globalThis, globals);
    const api = create([]);
    const adapter = await api.requestAdapter();
    const device = await adapter.requestDevice();
    const options = { atoms: 3, count: 256, time: 1, samples: 4, unraveling: 'photodetection', ramp: '0:0.5,1:1' };
    const gpu = await runOn('trajectories', options, { device });
    const isOpen = await Promise.race([device.lost.then(() => false), true]);
    const cpu = await run('trajectories', options);
    device.destroy();
    const lost = await runOn('trajectories', options, { device }).catch(({ name, message }) => name + ': ' + message);
    console.log(JSON.stringify({ gpu, cpu, isOpen, lost }));
    // The driver's instance lives as long as it is named.
    process.exit(api ? 0 : 1);`,
    softwareVulkan(),
  );
  expect(gpu.engine).toBe('gpu');
  expect(gpu.adapter?.fallback).toBe(true);
  expect(isOpen).toBe(true);
  expect(lost).toMatch(/^DeviceLostError: The GPU device was lost/);
  const [onGpu, onCpu] = [gpu, cpu].map(({ result }) => result.series!.Sz!);
  // The same random numbers, rounded differently.
  onGpu.mean.forEach((mean, i) => {
    expect(mean).toBeCloseTo(onCpu.mean[i], 5);
  });
  expect(onCpu.mean[4]).toBeGreaterThan(-1.3);
});
