/** A worker that computes the two metastable states for a picture, apart from what a person runs. */
import { inUnit, ownUnit, type SystemParameters } from '../../parameters/system';
import { type NoTwoStates, type TwoStates, twoStates } from './two-states';

/** Null stops what is under way. Of what follows another system no answer is owed. */
export type ToTwoStatesWorker = SystemParameters | null;
export type FromTwoStatesWorker = { readonly system: SystemParameters } & (
  | { readonly states: TwoStates | NoTwoStates }
  | { readonly failure: string }
);

const never = (): never => {
  throw new Error('A thread alone starts no other.');
};

let controller = new AbortController();

addEventListener('message', async ({ data: system }: MessageEvent<ToTwoStatesWorker>) => {
  controller.abort();
  if (system === null) return;
  controller = new AbortController();
  const { signal } = controller;
  const unit = ownUnit(system);
  try {
    const states = await twoStates(inUnit(system, unit), {
      gpu: async () => null,
      leaveGpu: () => false,
      threads: { count: 1, start: never, corrections: { count: 1, start: never } },
      onProgress: () => {},
      onPartial: () => {},
      warn: () => {},
      signal,
      unit,
    });
    const inUsers = typeof states === 'string' ? states : { ...states, gap: states.gap * unit };
    if (!signal.aborted) postMessage({ system, states: inUsers } satisfies FromTwoStatesWorker);
  } catch (error) {
    if (!signal.aborted) postMessage({ system, failure: String(error) } satisfies FromTwoStatesWorker);
  }
});
