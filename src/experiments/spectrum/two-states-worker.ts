/** A worker that computes the two metastable states for a picture, apart from what a person runs. */
import { inUnit, ownUnit, type SystemParameters } from '../../parameters/system';
import { type NoTwoStates, type TwoStates, twoStates } from './two-states';

export type FromTwoStatesWorker = { readonly states: TwoStates | NoTwoStates } | { readonly failure: string };

const never = (): never => {
  throw new Error('A thread alone starts no other.');
};

addEventListener('message', async ({ data: system }: MessageEvent<SystemParameters>) => {
  const unit = ownUnit(system);
  const said = await twoStates(inUnit(system, unit), {
    gpu: async () => null,
    leaveGpu: () => false,
    threads: { count: 1, start: never, corrections: { count: 1, start: never } },
    signal: new AbortController().signal,
    onProgress: () => {},
    onPartial: () => {},
    warn: () => {},
    unit,
  }).then(
    (states): FromTwoStatesWorker => ({
      states: typeof states === 'string' ? states : { ...states, gap: states.gap * unit },
    }),
    (error: unknown): FromTwoStatesWorker => ({ failure: String(error) }),
  );
  postMessage(said);
});
