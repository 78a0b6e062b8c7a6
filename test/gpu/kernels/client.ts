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

/** A run that waits its turn is cancelled before it begins. */
export async function cancelledInTheQueue(request: RunRequest) {
  const controller = new AbortController();
  const first = client.run(request);
  const second = client.run(request, { signal: controller.signal });
  controller.abort();
  const [, outcome] = await Promise.allSettled([first, second]);
  return outcome.status === 'rejected' ? outcome.reason.name : outcome.status;
}
