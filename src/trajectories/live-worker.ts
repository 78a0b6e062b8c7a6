/** A worker that walks the trajectory which the page watches: as far as it is asked, and then it rests. */
import type { FromLiveWorker, ToLiveWorker } from './live-messages';
import { LiveWalk, type Stretch } from './live-walk';

/** Samples between two looks at the clock. */
const atOnce = 8;

/** The first walk of every page is the same; a restart walks another. */
const walk = new LiveWalk(1);

async function answer({ follow, restart, samples, patience }: ToLiveWorker): Promise<FromLiveWorker> {
  if (follow) await walk.follow(follow.system, follow.interval, follow.committor);
  if (restart) walk.restart();
  const stretches: Stretch[] = [];
  const began = performance.now();
  for (let left = samples; left > 0 && performance.now() - began < patience; left -= atOnce)
    stretches.push(walk.walk(Math.min(left, atOnce)));
  return { stretches };
}

addEventListener('message', async ({ data }: MessageEvent<ToLiveWorker>) => {
  const said = await answer(data).catch((error: unknown): FromLiveWorker => ({ failure: String(error) }));
  postMessage(said);
});
