/**
 * `npm run bench`: each benchmark on its own device, in headless Chromium or with --dawn in this process, and QuTiP
 * and SciPy beside them where they are installed; then how soon the page answers. Words that are no option choose the benchmarks whose names hold them.
 */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'vite';
import { nodeThreads } from '../../src/command-line/threads';
import { launchChromium } from '../browser/chromium';
import { isSpectral, names, runBenchmark } from './all';
import type { Row } from './bench';
import { compareGap } from './gap-command';
import { timePage } from './page';

type Ran = Awaited<ReturnType<typeof runBenchmark>>;

export async function main(args: readonly string[]): Promise<void> {
  const filter = args.filter((arg) => !arg.startsWith('-')).join(' ');
  const run = args.includes('--dawn') ? await inThisProcess() : await inChromium();
  try {
    for (const name of names(filter)) {
      const { adapter, rows } = await run.run(name);
      print(`${name} (${adapter.vendor} ${adapter.architecture}, ${cpus().length} cores)`, rows);
    }
    if (names(filter).includes('lambda_1')) print('gap, command to result, and SciPy', await compareGap());
    if ('page'.includes(filter) && !args.includes('--dawn')) print('the page', await timePage());
    const rival = names(filter).some((name) => !isSpectral(name)) ? qutip() : null;
    if (rival !== null) {
      print('QuTiP mcsolve, ladder basis, figure 4', [
        { what: 'trajectory time per second', value: rival, unit: '1/gamma_F per s' },
      ]);
    }
  } finally {
    await run.close();
  }
}

function print(title: string, rows: readonly Row[]): void {
  console.log(title);
  for (const { what, value, unit } of rows) {
    console.log(`  ${what.padEnd(36)} ${value.toPrecision(4).padStart(10)} ${unit}`);
  }
}

async function inThisProcess() {
  const { create, globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  const api = create([]);
  return {
    run: (name: string): Promise<Ran> => runBenchmark(name, api, nodeThreads()),
    close: async () => {},
  };
}

async function inChromium() {
  const server = await createServer({
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    logLevel: 'warn',
  });
  await server.listen();
  const browser = await launchChromium();
  const page = await browser.newPage();
  const address = server.resolvedUrls?.local[0];
  await page.goto(new URL('test/gpu/blank.html', address).href);
  const module = new URL('test/bench/all.ts', address).href;
  return {
    run: (name: string) =>
      page.evaluate(
        (module: string, name: string) =>
          globalThis.callExport(module, 'runBenchmark', [name]) as Promise<Ran>,
        module,
        name,
      ),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** Units of trajectory time per second of QuTiP on all cores; null where it is not installed. */
function qutip(): number | null {
  const script = join(import.meta.dirname, 'qutip_mcsolve.py');
  const { status, stdout } = spawnSync('/usr/bin/python3', [script], { encoding: 'utf8' });
  return status === 0 ? Number(stdout.trim().split('\n').at(-1)) : null;
}
