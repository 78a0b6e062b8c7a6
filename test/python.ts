/** Python beside the lab: what reads its files as their readers do, and the dense oracle. Installed where that is possible. */
import { spawn, spawnSync } from 'node:child_process';
import { installOnDebian } from './browser/install-on-debian';

/** Debian's own first: the package lands there, whatever stands before it on the PATH. */
const interpreters = ['/usr/bin/python3', 'python3'];

/** What Debian calls `python3-` and its name. */
type Module = 'h5py' | 'numpy' | 'qutip' | 'matplotlib' | 'nbconvert' | 'ipykernel';

const having = (modules: readonly Module[]) =>
  interpreters.find((python) => spawnSync(python, ['-c', `import ${modules.join()}`]).status === 0) ?? null;

/**
 * The interpreter that has all these modules.
 * @throws Error that says which packages are missing
 */
export function needPython(...modules: readonly Module[]): string {
  const debian = modules.map((module) => `python3-${module}`);
  if (having(modules) === null) installOnDebian(...debian);
  const python = having(modules);
  if (python === null) {
    throw new Error(
      `No Python with ${modules.join(', ')} found, which these tests need: install ${debian.join(' ')} (on Debian or Ubuntu: ` +
        `apt-get install ${debian.join(' ')}; elsewhere: pip install ${modules.join(' ')}).`,
    );
  }
  return python;
}

/** What a script prints as JSON. @throws Error with what Python said */
export function inPython<Result>(python: string, script: string, ...args: string[]): Result {
  const { status, stdout, stderr } = spawnSync(python, ['-c', script, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Python failed: ${stderr}`);
  return JSON.parse(stdout) as Result;
}

/** The JSON that a Python file prints for the JSON it reads, while this process goes on. @throws Error with what Python said */
export async function throughPython<Result>(
  python: string,
  args: readonly string[],
  input: unknown,
): Promise<Result> {
  // One thread: who wants more starts several of these, and those of OpenBLAS wait for each other by spinning.
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1' };
  const child = spawn(python, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(JSON.stringify(input));
  const text = async (stream: NodeJS.ReadableStream) => {
    let all = '';
    for await (const part of stream.setEncoding('utf8')) all += part;
    return all;
  };
  const status = new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
  const [code, stdout, stderr] = await Promise.all([status, text(child.stdout), text(child.stderr)]);
  if (code !== 0) throw new Error(`Python failed: ${stderr}`);
  return JSON.parse(stdout) as Result;
}
