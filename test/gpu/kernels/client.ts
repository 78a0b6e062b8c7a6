/** The worker's proxy as a page uses it. */
import type { RunRequest } from '../../../src/experiments/run';
import { Client } from '../../../src/page/client';

const client = new Client();

export const run = (request: RunRequest) => client.run(request);

/** How a run fails, and of what class its error is here. */
export async function failing(request: RunRequest) {
  try {
    await client.run(request);
    return null;
  } catch (error) {
    const thrown = error as Error;
    return { ...thrown, message: thrown.message, kind: thrown.constructor.name };
  }
}

/** The order in which two runs end that start together, the first of them the longer. */
export async function turns(): Promise<string[]> {
  const order: string[] = [];
  const go = async (command: string) => {
    await client.run({ command, system: {}, options: {} });
    order.push(command);
  };
  await Promise.all([go('steady-state'), go('mean-field')]);
  return order;
}

/** How a run ends that is cancelled while it waits for `first`, and whether `first` was still under way then. */
export async function cancelledInTheQueue(first: RunRequest, second: RunRequest) {
  const controller = new AbortController();
  let firstEnded = false;
  const running = client.run(first).then(() => {
    firstEnded = true;
  });
  const waiting = client.run(second, { signal: controller.signal });
  controller.abort();
  const [outcome] = await Promise.allSettled([waiting]);
  const endedBefore = firstEnded;
  await running;
  return {
    outcome: outcome.status === 'rejected' ? outcome.reason.name : outcome.status,
    endedBefore,
  };
}

/** How a run ends whose signal had fired before. */
export async function cancelledBefore(request: RunRequest) {
  const [outcome] = await Promise.allSettled([client.run(request, { signal: AbortSignal.abort() })]);
  return outcome.status === 'rejected' ? outcome.reason.name : outcome.status;
}

/** Why a run fails whose worker, in the middle of it, says what the page cannot read. */
export async function unreadable(request: RunRequest) {
  const made: Worker[] = [];
  const Before = globalThis.Worker;
  globalThis.Worker = class extends Before {
    constructor(...given: ConstructorParameters<typeof Before>) {
      super(...given);
      made.push(this);
    }
  };
  const own = new Client();
  globalThis.Worker = Before;
  setTimeout(() => made[0].dispatchEvent(new MessageEvent('messageerror')));
  const [outcome] = await Promise.allSettled([own.run(request)]);
  return outcome.status === 'rejected' ? outcome.reason.message : outcome.status;
}
