/** Python as the readers of the lab's files have it, with h5py: installed where that is possible, else a failure that says how. */
import { spawnSync } from 'node:child_process';
import { installOnDebian } from '../../src/command-line/install-on-debian';

/** Debian's own first: the package lands there, whatever stands before it on the PATH. */
const interpreters = ['/usr/bin/python3', 'python3'];

const withH5py = () =>
  interpreters.find((python) => spawnSync(python, ['-c', 'import h5py']).status === 0) ?? null;

/** The interpreter. @throws Error naming the package that is missing */
export function needH5py(): string {
  if (withH5py() === null) installOnDebian('python3-h5py');
  const python = withH5py();
  if (python === null) {
    throw new Error(
      'No Python with h5py found, which reads the saved files back: install python3-h5py (on Debian or Ubuntu: ' +
        'apt-get install python3-h5py; elsewhere: pip install h5py).',
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
