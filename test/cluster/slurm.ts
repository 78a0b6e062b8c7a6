/** A Slurm of one node on this machine, in a folder of its own: for as long as a test takes. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { installOnDebian } from '../browser/install-on-debian';

/** Whoever runs the tests; others' jobs it does not take. */
const user = userInfo().username;
const daemons = ['munged', 'slurmctld', 'slurmd'] as const;
/** Daemons stand where an ordinary user's PATH does not look. */
const path = `${process.env.PATH}:/usr/sbin:/sbin`;
const hasAll = () =>
  [...daemons, 'sbatch'].every((name) => spawnSync('which', [name], { env: { PATH: path } }).status === 0);

/** @throws Error that says what is to be installed */
function needSlurm(): void {
  if (!hasAll()) installOnDebian('slurm-wlm', 'munge');
  if (!hasAll()) {
    throw new Error(
      'No Slurm found, which this test needs: install slurm-wlm and munge (on Debian or Ubuntu: apt-get install slurm-wlm munge).',
    );
  }
}

/** Ports that are free now, all different. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

const configuration = (folder: string, host: string, [controller, node]: readonly number[]) => `
ClusterName=test
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${controller}
SlurmdPort=${node}
SlurmUser=${user}
SlurmdUser=${user}
AuthType=auth/munge
AuthInfo=socket=${folder}/munge.socket
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=2,batch_sched_delay=1,bf_interval=2
GresTypes=gpu
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/slurmd.log
NodeName=${host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=4000 Gres=gpu:1
PartitionName=main Nodes=${host} Default=YES MaxTime=INFINITE State=UP
`;

/** Slurm tells whether a start is older than the job's last end by whole seconds: one within the same second it refuses, s. */
const requeueDelay = 3;

export class Slurm {
  readonly #daemons: ChildProcess[] = [];

  private constructor(private readonly folder: string) {}

  static async start(): Promise<Slurm> {
    needSlurm();
    const folder = mkdtempSync(join(tmpdir(), 'dicke-slurm-'));
    // munged wants its socket's folder open to all.
    chmodSync(folder, 0o755);
    const file = (name: string) => join(folder, name);
    for (const name of ['state', 'spool']) mkdirSync(file(name));
    writeFileSync(file('key'), randomBytes(1024), { mode: 0o400 });
    writeFileSync(file('slurm.conf'), configuration(folder, hostname().split('.')[0], await freePorts(2)));
    writeFileSync(file('gres.conf'), 'Name=gpu File=/dev/null\n');
    const slurm = new Slurm(folder);
    const start = (name: (typeof daemons)[number], args: readonly string[]) => {
      const said = openSync(file(`${name}.said`), 'w');
      const environment = { ...process.env, PATH: path, SLURM_CONF: file('slurm.conf') };
      // Should this process be killed, they end too.
      slurm.#daemons.push(
        spawn('setpriv', ['--pdeathsig', 'TERM', name, ...args], {
          env: environment,
          stdio: ['ignore', said, said],
        }),
      );
    };
    const names = {
      socket: 'munge.socket',
      'key-file': 'key',
      'log-file': 'munged.log',
      'pid-file': 'munged.pid',
      'seed-file': 'seed',
    };
    start('munged', [
      '--foreground',
      ...Object.entries(names).map(([option, name]) => `--${option}=${file(name)}`),
    ]);
    await slurm.until(() => existsSync(file('munge.socket')));
    start('slurmctld', ['-D']);
    start('slurmd', ['-D']);
    await slurm.until(() => slurm.says('sinfo', '--noheader', '--format=%T').includes('idle'));
    return slurm;
  }

  /** @throws Error with what the daemons said, should one have ended */
  private async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) {
      if (this.#daemons.some(({ exitCode }) => exitCode !== null)) {
        const said = daemons
          .map((name) => join(this.folder, `${name}.said`))
          .filter((file) => existsSync(file));
        const why = said.map((file) => readFileSync(file, 'utf8')).join('\n');
        await this.stop();
        throw new Error(`Slurm does not start: ${why}`);
      }
      await setTimeout(50);
    }
  }

  /** What one of Slurm's programs prints; nothing where it fails. */
  says(program: string, ...args: string[]): string {
    const { stdout } = spawnSync(program, args, { env: this.environment, encoding: 'utf8' });
    return stdout.trim();
  }

  get environment(): NodeJS.ProcessEnv {
    return { ...process.env, PATH: path, SLURM_CONF: join(this.folder, 'slurm.conf') };
  }

  /** Submits a script of that folder to run in another. @returns the job's number */
  submit(
    scripts: string,
    work: string,
    words: readonly string[],
    environment: NodeJS.ProcessEnv = {},
  ): string {
    const env = { ...this.environment, ...environment };
    return execFileSync('sbatch', ['--parsable', `--chdir=${work}`, ...words], {
      cwd: scripts,
      env,
      encoding: 'utf8',
    }).trim();
  }

  /** Waits until no job is left; those that were requeued start in seconds, not after Slurm's two minutes. */
  async untilAllDone(): Promise<void> {
    for (;;) {
      const jobs = this.says('squeue', '--noheader', '--array', '--format=%i %T %S %r')
        .split('\n')
        .filter(Boolean);
      if (jobs.length === 0) return;
      for (const [id, state, start, reason] of jobs.map((line) => line.split(' ')))
        if (state === 'PENDING' && reason === 'BeginTime' && Date.parse(start) > Date.now() + 10_000)
          this.says('scontrol', 'update', `JobId=${id}`, `StartTime=now+${requeueDelay}seconds`);
        else if (reason === 'DependencyNeverSatisfied') this.says('scancel', id);
      await setTimeout(500);
    }
  }

  /** What its daemons logged. */
  get log(): string {
    return ['slurmctld.log', 'slurmd.log']
      .map((name) => readFileSync(join(this.folder, name), 'utf8'))
      .join('\n');
  }

  /** Ends all jobs and daemons, the last begun first. */
  async stop(): Promise<void> {
    this.says('scancel', `--user=${user}`);
    this.says('scancel', `--user=${user}`, '--signal=KILL', '--full');
    for (const child of [...this.#daemons].reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill();
      if ((await Promise.race([ended, setTimeout(10_000)])) === undefined) child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
