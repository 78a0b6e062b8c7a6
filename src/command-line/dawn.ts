/**
 * The GPU in Node: Dawn, Chromium's WebGPU, from the optional package `webgpu`. Its drivers may crash the process that
 * asks for them, so that one of its own asks first.
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import {
  type AdapterInfo,
  type AdapterNeed,
  describeAdapter,
  type Gpu,
  NoAdapterError,
  oneDevice,
  openGpu,
  requireAdapter,
  startUp,
} from '../gpu/gpu';

/** How long the process that asks may take, ms. */
const patience = 20_000;

/** Prints what the adapter says of itself as JSON, and nothing where there is none. */
const question = `const { create } = await import(process.argv[1]);
const adapter = await create([]).requestAdapter({ powerPreference: 'high-performance' });
if (adapter) {
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  process.stdout.write(JSON.stringify({ vendor, architecture, device, description, isFallbackAdapter }));
}
process.exit();`;

/** What graphics cards are called on Linux: render nodes, NVIDIA's own, and Windows' for its guests. */
const cards = { '/dev/dri': /^renderD/, '/dev': /^(nvidia\d+|dxg)$/ };

const hasCard = (): boolean =>
  Object.entries(cards).some(
    ([folder, name]) => existsSync(folder) && readdirSync(folder).some((file) => name.test(file)),
  );

/** A device for all runs of this process, kept with the instance that it lives on. */
export const dawn = oneDevice((need) => startUp.during(open(need)));

async function open(need: AdapterNeed): Promise<Gpu> {
  if (need === 'hardware' && process.platform === 'linux' && !hasCard())
    throw new NoAdapterError('This machine shows no graphics card.');
  const address = addressOfDawn();
  requireAdapter(describeAdapter(await asked(address)), need);
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  return openGpu(create([]));
}

function addressOfDawn(): string {
  try {
    return import.meta.resolve('webgpu');
  } catch (cause) {
    throw new NoAdapterError('The package webgpu, which talks to GPUs, is not installed.', { cause });
  }
}

/** @throws NoAdapterError with the driver's own words */
function asked(address: string): Promise<AdapterInfo> {
  const words = ['--input-type=module', '--eval', question, address];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, words, { timeout: patience }, (error, stdout, stderr) => {
      // It may have answered before its driver crashed at the end.
      if (stdout !== '') return resolve(JSON.parse(stdout));
      const said = stderr.split('\n').find((line) => /couldn't|error|cannot|warning/i.test(line));
      const why =
        said?.replace(/^\s*(Warning|Error): /i, '') ?? (error ? `its driver ended: ${error.message}` : '');
      reject(new NoAdapterError(`No usable GPU${why && `: ${why.trim()}`}`));
    });
  });
}
