import { whenIdle } from '../../src/page/when-idle';

/** Spreads drawing over frames, one job a frame, so that several plots never make one long task. What is out of sight waits until the page has time. */
const jobs = new Map<Element, () => void>();
let awaitsFrame = false;
let awaitsTime = false;

/** Of what is out of sight, ms. */
const longestWait = 500;

/** Runs `job` in a coming frame; a later job of the same owner replaces it. */
export function drawInFrame(owner: Element, job: () => void): void {
  jobs.set(owner, job);
  awaitFrame();
}

/** Draws at once all that waits, and what that leaves to draw. */
export function drawAll(): void {
  for (const waits of jobs) run(waits);
}

function awaitFrame(): void {
  if (!awaitsFrame) requestAnimationFrame(inFrame);
  awaitsFrame = true;
}

function inFrame(): void {
  awaitsFrame = false;
  const seen = [...jobs].find(([owner]) => isInSight(owner));
  if (seen) goOn(seen);
  else if (jobs.size > 0 && !awaitsTime) {
    awaitsTime = true;
    whenIdle(() => {
      awaitsTime = false;
      goOn([...jobs][0]);
    }, longestWait);
  }
}

/** @param first nothing where all was drawn in the meantime */
function goOn(first: [Element, () => void] | undefined): void {
  try {
    if (first) run(first);
  } finally {
    if (jobs.size > 0) awaitFrame();
  }
}

function run([owner, job]: [Element, () => void]): void {
  jobs.delete(owner);
  if (owner.isConnected) job();
}

function isInSight(owner: Element): boolean {
  const { top, bottom } = owner.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
