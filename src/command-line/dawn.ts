/**
 * The GPU in Node: Dawn, Chromium's WebGPU, from the optional package `webgpu`. Its drivers may crash the process that
 * asks for them, so that one of its own asks first.
 */
import { type ExecFileException, execFile } from 'node:child_process';
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

/** Prints what the adapter says of itself as JSON once it has done a piece of work, and nothing where there is none. */
const question = `process.on('SIGUSR1', () => {});
const { create } = await import(process.argv[1]);
const gpu = create([]);
const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
if (adapter) {
  const opened = await adapter.requestDevice();
  const buffer = opened.createBuffer({ size: 16, usage: 8 });
  opened.queue.writeBuffer(buffer, 0, new Uint32Array(4));
  await opened.queue.onSubmittedWorkDone();
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

/** Kept as long as this process: a device does not keep the instance that it lives on, which ends with whatever runs there once it is collected. */
const instances: GPU[] = [];

/**
 * What halves the time that a software adapter compiles for. Workgroups clear their memory in a loop, not by as many stores; and there are no guards
 * that hold indices within buffers, which protect browsers from strange pages: the kernels are tested without them.
 */
export const inSoftware = [
  'disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension',
  'enable-dawn-features=disable_robustness',
];

/**
 * Dawn asks for news in an immediate after an immediate as long as work is under way, which keeps a core busy: one of those that a software
 * adapter computes on. From now on it asks once a millisecond; the immediates of others stay what they are.
 */
function askNowAndThen(): void {
  const { setImmediate: immediately } = globalThis;
  // In native code and without a name: what is bound has one.
  const isDawns = (callback: () => void) =>
    callback.name === '' && String(callback).endsWith('{ [native code] }');
  const later = (callback: () => void, ...args: []) =>
    isDawns(callback) ? setTimeout(callback, 1) : immediately(callback, ...args);
  globalThis.setImmediate = Object.defineProperties(
    later,
    Object.getOwnPropertyDescriptors(immediately),
  ) as typeof setImmediate;
}

/** A device for all runs of this process. */
export const dawn = oneDevice((need) => startUp.during(open(need)));

async function open(need: AdapterNeed): Promise<Gpu> {
  if (need === 'hardware' && process.platform === 'linux' && !hasCard())
    throw new NoAdapterError('This machine shows no graphics card.');
  const address = addressOfDawn();
  const adapter = describeAdapter(await asked(address));
  requireAdapter(adapter, need);
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  if (adapter.fallback) askNowAndThen();
  const instance = create(adapter.fallback ? inSoftware : []);
  instances.push(instance);
  return openGpu(instance);
}

function addressOfDawn(): string {
  try {
    return import.meta.resolve('webgpu');
  } catch (cause) {
    throw new NoAdapterError('The package webgpu, which talks to GPUs, is not installed.', { cause });
  }
}

/** What the driver did where it said nothing. */
function endOf({ killed, signal, code }: ExecFileException): string {
  if (killed) return `its driver did not answer within ${patience / 1000} s`;
  return signal ? `its driver crashed (${signal})` : `its driver ended with status ${code}`;
}

/** @throws NoAdapterError with the driver's own words */
function asked(address: string): Promise<AdapterInfo> {
  const words = ['--input-type=module', '--eval', question, address];
  const options = { timeout: patience, killSignal: 'SIGKILL' } as const;
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, words, options, (error, stdout, stderr) => {
      process.off('exit', end);
      // It may have answered before its driver crashed at the end.
      if (stdout !== '') return resolve(JSON.parse(stdout));
      const said = stderr.split('\n').find((line) => /couldn't|error|cannot|warning/i.test(line));
      const why = said?.replace(/^\s*(Warning|Error): /i, '') ?? (error ? endOf(error) : '');
      reject(new NoAdapterError(`No usable GPU${why && `: ${why.trim()}`}`));
    });
    // A run that is stopped meanwhile leaves none behind in its driver.
    const end = () => child.kill('SIGKILL');
    process.on('exit', end);
  });
}
