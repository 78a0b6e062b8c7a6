/** The worker's proxy as a page uses it. */
import type { RunRequest } from '../../../src/experiments/run';
import { Client } from '../../../src/page/client';
import { toFailure } from '../../../src/page/messages';

const client = new Client();

export const run = (request: RunRequest) => client.run(request);

/** How a run fails, and of what class its error is here. */
export async function failing(request: RunRequest) {
  try {
    await client.run(request);
    return null;
  } catch (error) {
    return { ...toFailure(error), kind: (error as Error).constructor.name };
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
