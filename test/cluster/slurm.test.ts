/** The examples for Slurm, as they are, on a Slurm of this machine: interrupted by its time limit, requeued, and merged to the bits of one run. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ResultDocument } from '../../src/experiments/experiment';
import type { GapScalingResult } from '../../src/experiments/spectrum/gap-scaling';
import type { TrajectoriesResult } from '../../src/experiments/trajectories/trajectories-result';
import { softwareVulkan } from '../browser/software-vulkan';
import { lab, script } from '../command-line/lab-process';
import { Slurm } from './slurm';

const scripts = join(import.meta.dirname, '..', '..', 'docs', 'examples', 'slurm');
const folder = mkdtempSync(join(tmpdir(), 'dicke-cluster-'));
const environment = { LAB: `${process.execPath} ${script} lab`, ...softwareVulkan() };
/** This machine has two cores and little time. */
const small = ['--cpus-per-task=1', '--mem=500M'];

/** Of some dozen batches a part: it is stopped after the first. */
const words = '--atoms 4 --time 400 --samples 20 --count 24100 --seed 5'.split(' ');
let whole: ReturnType<typeof lab>;
let slurm: Slurm;
beforeAll(async () => {
  whole = lab(['trajectories', ...words, '--json']);
  slurm = await Slurm.start();
});
afterAll(async () => {
  await slurm?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Jobs that write to a folder of their own. */
function jobsIn(work: string) {
  const submit = (words: readonly string[]) => slurm.submit(scripts, work, [...small, ...words], environment);
  const read = (path: string) => readFileSync(join(work, path), 'utf8');
  return {
    submit,
    mergedAfter: (job: string, merge: string) => submit([`--dependency=afterok:${job}`, merge]),
    file: (path: string) => join(work, path),
    document: <Result>(path: string): ResultDocument<Result> => JSON.parse(read(path)),
    logs: () =>
      readdirSync(work)
        .filter((name) => name.endsWith('.log'))
        .map(read),
  };
}
const newFolder = () => mkdtempSync(join(folder, 'work-'));

test('points of a scaling, parts on a GPU, and a job that is cancelled', async () => {
  const [scaling, gpu, cancelled] = [newFolder(), newFolder(), newFolder()].map(jobsIn);
  const points = scaling.submit(['--array=10,12', 'gap-scaling.sh', '--ratio', '8.5']);
  scaling.mergedAfter(points, 'merge-gap-scaling.sh');
  // Longer than any limit here, and of an end should this test be killed.
  const long = '--atoms 2 --count 5000000 --time 1 --burn-in 0.5 --samples 4'.split(' ');
  const few = '--atoms 3 --time 1 --burn-in 0.5 --samples 4 --count 512'.split(' ');
  gpu.mergedAfter(gpu.submit(['--array=1-2', 'ensemble-gpu.sh', ...few]), 'merge.sh');
  const job = cancelled.submit(['--array=1-1', 'ensemble.sh', ...long]);
  const kept = 'results/part-1/trajectories.json';
  const counted = () => cancelled.document<TrajectoriesResult>(kept).result.count;
  while (!existsSync(cancelled.file(kept))) await setTimeout(50);
  slurm.says('scancel', job);
  await slurm.untilAllDone();

  const { result } = scaling.document<GapScalingResult>('results/gap-scaling/gap-scaling.json');
  expect(result.points.map(({ atoms }) => atoms)).toEqual([10, 12]);
  expect(result.fits).not.toBeNull();
  const merged = gpu.document<TrajectoriesResult>('results/merged/trajectories.json').result;
  expect(merged).toMatchObject({ count: 512, stoppedBy: 'merge' });
  expect(merged.engines).not.toContain('the CPU engine');
  // It is not queued again, and what it had is there to go on from.
  expect(cancelled.logs().join()).toContain('SIGTERM: what was finished is kept');
  expect(counted()).toBeGreaterThan(0);
});

/** The lab's process that writes there, stopped once it has kept something; its signals wait with it. */
async function stoppedMidway(part: string): Promise<number> {
  while (!existsSync(join(part, 'trajectories.json'))) await setTimeout(5);
  const { pid } = JSON.parse(readFileSync(join(part, '.lock'), 'utf8'));
  process.kill(pid, 'SIGSTOP');
  return pid;
}

/** Whether a SIGUSR1, the tenth, waits for it. */
const isSignalled = (pid: number) =>
  readFileSync(`/proc/${pid}/status`, 'utf8')
    .match(/^(Shd|Sig)Pnd:\s+\S+$/gm)!
    .some((line) => (Number.parseInt(line.split(/\s+/)[1], 16) >> 9) % 2 === 1);

test('an array that its time limit interrupts is requeued, goes on, and merges to the bits of one run', async () => {
  const { submit, mergedAfter, document, file, logs } = jobsIn(newFolder());
  const array = submit(['--array=1-2', '--time=1', '--signal=B:USR1@50', 'ensemble.sh', ...words]);
  mergedAfter(array, 'merge.sh');
  const parts = ['results/part-1', 'results/part-2'].map(file);
  // The controller looks at limits twice a minute: until then they rest, for a run that lasted so long would cost as much again.
  const runs = await Promise.all(parts.map(stoppedMidway));
  while (!runs.every(isSignalled)) await setTimeout(50);
  for (const run of runs) process.kill(run, 'SIGCONT');
  await slurm.untilAllDone();
  expect(existsSync(file('results/merged')), `${slurm.log}\n${logs().join()}`).toBe(true);
  const expected = { ...JSON.parse((await whole).stdout).result, stoppedBy: 'merge' };
  expect(document<TrajectoriesResult>('results/merged/trajectories.json').result, logs().join()).toEqual(
    expected,
  );
  const interrupted = logs().filter((log) => log.includes('Stopping at the next submit (SIGUSR1)'));
  expect(interrupted).toHaveLength(2);
});
