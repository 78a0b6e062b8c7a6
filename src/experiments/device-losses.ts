/** What a run does about lost devices: it goes on with a new one, until it loses them again and again. */
import { DeviceLostError, type Gpu } from '../gpu/gpu';
import type { RunContext } from './experiment';

/** Losses without anything finished in between after which the run gives up: what it does may be what loses devices. */
const mostLosses = 3;
/** Pause before a new device is asked for, ms: a driver that has been reset needs a moment. */
const pause = 1000;
/** How long after another error a device's loss, its cause, may become known, ms. */
const afterthought = 200;

type Context = Pick<RunContext, 'gpu' | 'leaveGpu' | 'signal' | 'warn'>;

export class DeviceLosses {
  private inARow = 0;

  /** @param remedy how the warning of a loss goes on: when it was, and what the run does then */
  constructor(
    private readonly context: Context,
    private readonly remedy = () => '.',
  ) {}

  /**
   * A device, a new one where the last was lost; null where the CPU computes.
   * @throws NoAdapterError where there never was one; DeviceLostError where none is to be had any more
   */
  async open(): Promise<Gpu | null> {
    for (;;) {
      try {
        return await this.context.gpu();
      } catch (error) {
        await this.survive(error);
      }
    }
  }

  /** Since the last loss something was finished. */
  finished(): void {
    this.inARow = 0;
  }

  /**
   * Waits until a new device may be asked for.
   * @param error what cut the work off
   * @param gpu that it was done on
   * @throws the error, or its cause; DeviceLostError at one loss too many, where no CPU may go on
   */
  async survive(error: unknown, gpu?: Gpu): Promise<void> {
    const { signal, warn } = this.context;
    if (signal.aborted && error === signal.reason) throw error;
    const cause = gpu ? await causeOf(error, gpu) : error;
    if (!(cause instanceof DeviceLostError)) throw cause;
    this.inARow += 1;
    if (this.inARow === mostLosses) {
      const message = `The GPU device was lost ${mostLosses} times in a row, the last time so: ${cause.message}`;
      if (!this.context.leaveGpu()) throw new DeviceLostError(message, { cause });
      warn(`${message} The CPU engine goes on.`);
      return;
    }
    if (gpu) warn(`The GPU device was lost${this.remedy()}`);
    await new Promise((resolve) => setTimeout(resolve, signal.aborted ? 0 : pause));
  }
}

/**
 * Does work on a device, from its start again on a new one where that is lost; null where the CPU is to do it.
 * @throws DeviceLostError at the third loss in a row; NoAdapterError; what the work throws
 */
export async function throughLosses<Result>(
  context: Context,
  remedy: string,
  work: (gpu: Gpu) => Promise<Result>,
): Promise<Result | null> {
  const losses = new DeviceLosses(context, () => remedy);
  for (;;) {
    context.signal.throwIfAborted();
    const gpu = await losses.open();
    if (gpu === null) return null;
    try {
      return await Promise.race([work(gpu), gpu.failure]);
    } catch (error) {
      await losses.survive(error, gpu);
    }
  }
}

/** A lost device cuts work off in ways of its own; its loss is what counts. */
function causeOf(error: unknown, { failure }: Gpu): Promise<unknown> {
  const otherwise = new Promise((resolve) => setTimeout(resolve, afterthought, error));
  return Promise.race([failure.catch((loss: unknown) => loss), otherwise]);
}
