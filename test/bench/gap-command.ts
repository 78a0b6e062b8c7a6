/** `lab gap` from the command to the result beside SciPy's shift-invert on the same matrix: time and memory of whole processes. */
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from './bench';

/** Proportional set sizes of all processes, MB: what they share is counted once. */
interface Memory {
  readonly all: number;
  /** without what lies in files, such as the browser's own code, which the system can drop and read again */
  readonly anonymous: number;
}

interface Answer {
  readonly lambda1: number;
  readonly seconds: number;
  /** MB at the most; null where the system does not say */
  readonly memory: Memory | null;
}

/** One N after the other, ours next to SciPy's; without SciPy, ours alone. */
export async function compareGap(): Promise<Row[]> {
  const rows: Row[] = [];
  const rivals = shiftInvert();
  for (const { atoms, drive } of [
    { atoms: 90, drive: 0.755 },
    { atoms: 110, drive: 0.757 },
  ]) {
    const ours = await gapCommand(atoms, drive);
    const rival = rivals.get(atoms);
    const label = `N = ${atoms}`;
    rows.push({ what: `${label}: lambda_1 / gamma`, value: ours.lambda1, unit: '' });
    rows.push({ what: `${label}: time`, value: ours.seconds, unit: 's' });
    if (ours.memory !== null) {
      rows.push({ what: `${label}: memory of all processes`, value: ours.memory.all, unit: 'MB' });
      rows.push({ what: `${label}: without their code`, value: ours.memory.anonymous, unit: 'MB' });
    }
    if (rival === undefined) continue;
    if (!(Math.abs(rival.lambda1 / ours.lambda1 - 1) < 1e-5)) {
      throw new Error(`${label}: lambda_1 = ${ours.lambda1}, but SciPy says ${rival.lambda1}.`);
    }
    rows.push({ what: `${label}: SciPy’s time`, value: rival.seconds, unit: 's' });
    rows.push({ what: `${label}: times faster`, value: rival.seconds / ours.seconds, unit: '' });
    if (ours.memory === null || rival.memory === null) continue;
    rows.push({ what: `${label}: SciPy’s memory`, value: rival.memory.all, unit: 'MB' });
    rows.push({ what: `${label}: share of its memory`, value: ours.memory.all / rival.memory.all, unit: '' });
    rows.push({ what: `${label}: without code`, value: ours.memory.anonymous / rival.memory.all, unit: '' });
  }
  return rows;
}

/** Runs the command as a user would; its memory is sampled ten times a second, where there is a /proc. */
async function gapCommand(atoms: number, drive: number): Promise<Answer> {
  const start = join(import.meta.dirname, '..', '..', 'src', 'command-line', 'start.mjs');
  const system = ['--atoms', `${atoms}`, '--ratio', '15.5', '--drive', `${drive}`, '--json'];
  const began = performance.now();
  const child = spawn(process.execPath, [start, 'lab', 'gap', ...system], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  let memory: Memory | null = null;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const sampling = setInterval(() => {
    if (process.platform !== 'linux') return;
    const { all, anonymous } = memoryOfTree(child.pid!);
    memory = { all: Math.max(all, memory?.all ?? 0), anonymous: Math.max(anonymous, memory?.anonymous ?? 0) };
  }, 100);
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(sampling);
  if (status !== 0) throw new Error(`lab gap --atoms ${atoms} ended with ${status}.`);
  const { lambda1 } = JSON.parse(output).result;
  return { lambda1: lambda1.value, seconds: (performance.now() - began) / 1000, memory };
}

/** A process with all below it. */
function memoryOfTree(root: number): Memory {
  const read = (process: string, file: string) => {
    try {
      return readFileSync(`/proc/${process}/${file}`, 'utf8');
    } catch {
      return ''; // it has ended
    }
  };
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const parents = new Map(
    processes.map((name) => [Number(name), Number(/\) \S (\d+)/.exec(read(name, 'stat'))?.[1])]),
  );
  const isBelow = (id: number | undefined): boolean =>
    id === root || (id !== undefined && id > 1 && isBelow(parents.get(id)));
  let [all, anonymous] = [0, 0];
  for (const id of [...parents.keys()].filter(isBelow)) {
    const sizes = read(`${id}`, 'smaps_rollup');
    all += Number(/^Pss:\s+(\d+)/m.exec(sizes)?.[1] ?? 0) / 1024;
    anonymous += Number(/^Pss_Anon:\s+(\d+)/m.exec(sizes)?.[1] ?? 0) / 1024;
  }
  return { all, anonymous };
}

/** SciPy's answers by N; none where it is not installed. */
function shiftInvert(): ReadonlyMap<number, Answer> {
  const script = join(import.meta.dirname, 'scipy_shift_invert.py');
  const { stdout } = spawnSync('/usr/bin/python3', [script], { encoding: 'utf8' });
  const answers = new Map<number, Answer>();
  for (const line of stdout.split('\n')) {
    const [atoms, , lambda1, seconds, memory] = line.split(' ').map(Number);
    if (!(seconds > 0)) continue;
    answers.set(atoms, { lambda1, seconds, memory: { all: memory, anonymous: memory } });
  }
  return answers;
}
