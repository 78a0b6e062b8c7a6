/** Which engine computes a run: asked for by a person, chosen when there is something to compute, and told. */
import {
  type AdapterDescription,
  type AdapterNeed,
  adapterName,
  DeviceLostError,
  type Gpu,
  NoAdapterError,
} from '../gpu/gpu';
import type { CorrectionThreads } from '../liouvillian/correction-threads';
import type { OptionTable, Values } from '../parameters/options';
import type { Threads } from '../trajectories/block-messages';

/** What every command takes beside the system and its own options. */
export const engineTable = {
  engine: {
    value: { kind: 'choice', of: ['auto', 'gpu', 'cpu'], default: 'auto' },
    help: 'what computes; auto is a hardware GPU, else the CPU, and gpu any GPU, in software too',
  },
} as const satisfies OptionTable;
export type EngineAsked = Values<typeof engineTable>['engine'];

/** The engines that an experiment can be computed by. */
export type EnginesOf = 'cpu' | 'gpu' | 'either';

/** Who computes; a document's own fields. */
export interface EngineInUse {
  readonly engine: 'gpu' | 'cpu';
  /** null on the CPU */
  readonly adapter: AdapterDescription | null;
  /** workers of the CPU engine; null on the GPU */
  readonly threads: number | null;
}

/** Workers of the CPU engine: for trajectories, and for a Liouvillian's corrections. */
export interface LentThreads extends Threads {
  readonly corrections: CorrectionThreads;
}

/** What a face lends a run to compute with. */
export interface Host {
  /**
   * Opens the GPU at the first call, and a new one after it failed. Rejects with NoAdapterError where there is none of the
   * kind that is needed.
   */
  readonly gpu: (need: AdapterNeed) => Promise<Gpu>;
  readonly threads: LentThreads;
}

/** An engine's name for a person. */
export const engineName = ({ adapter }: Pick<EngineInUse, 'adapter'>): string =>
  adapter === null ? 'the CPU engine' : adapterName(adapter);

export class EngineChoice {
  #adapter: AdapterDescription | null = null;
  #isCpuAlone: boolean;
  /** there has been a GPU: one that is missing then was lost */
  #wasThere = false;

  /**
   * @param tell hears once for each engine that comes into use, and why it is not the GPU that might have been one
   */
  constructor(
    private readonly asked: EngineAsked,
    private readonly engines: EnginesOf,
    private readonly host: Host,
    private readonly signal: AbortSignal,
    private readonly tell: (use: EngineInUse, why: string | null) => void,
  ) {
    this.#isCpuAlone = asked === 'cpu' || engines === 'cpu';
  }

  get inUse(): EngineInUse {
    const adapter = this.#adapter;
    if (adapter !== null) return { engine: 'gpu', adapter, threads: null };
    return { engine: 'cpu', adapter, threads: this.engines === 'cpu' ? 1 : this.host.threads.count };
  }

  /**
   * Where a GPU was asked for, whether there is one, before anything is done.
   * @throws NoAdapterError
   */
  async check(): Promise<void> {
    if (this.asked !== 'gpu' || this.engines === 'cpu') return;
    try {
      await this.open('any');
      this.#wasThere = true;
    } catch (error) {
      // One that is lost as it opens is asked for again by who computes on it.
      if (!(error instanceof DeviceLostError)) throw error;
    }
  }

  /**
   * The GPU, once it is needed; null where the CPU computes.
   * @throws NoAdapterError where a GPU was asked for and there never was one; DeviceLostError where none is to be had any more
   */
  async gpu(): Promise<Gpu | null> {
    if (this.#isCpuAlone) return null;
    const isOpen = this.asked === 'auto' && this.engines === 'either';
    try {
      const gpu = await this.open(isOpen ? 'hardware' : 'any');
      this.#wasThere = true;
      if (this.#adapter === null) {
        this.#adapter = gpu.adapter;
        this.tell(this.inUse, null);
      }
      return gpu;
    } catch (cause) {
      if (!(cause instanceof NoAdapterError)) throw cause;
      if (this.#wasThere) throw new DeviceLostError('no new one is to be had.', { cause });
      if (!isOpen) throw cause;
      this.toCpu(cause.message);
      return null;
    }
  }

  /** Whether the CPU goes on where devices are lost again and again; from now on it does. */
  leaveGpu(): boolean {
    if (this.asked !== 'auto' || this.engines !== 'either') return false;
    this.toCpu(null);
    return true;
  }

  /** Whoever stops the run does not wait for a driver. */
  private open(need: AdapterNeed): Promise<Gpu> {
    const { signal } = this;
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const stop = () => reject(signal.reason);
      signal.addEventListener('abort', stop, { once: true });
      const done = () => signal.removeEventListener('abort', stop);
      this.host.gpu(need).finally(done).then(resolve, reject);
    });
  }

  private toCpu(why: string | null): void {
    this.#isCpuAlone = true;
    this.#adapter = null;
    this.tell(this.inUse, why);
  }
}
