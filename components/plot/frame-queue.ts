import { whenIdle } from '../../src/page/when-idle';
import { whenNear } from '../shared/when-near';

/**
 * Spreads drawing over frames, one job a frame, so that several plots never make one long task. What is out of sight waits until somebody comes near,
 * and then until the page has time.
 */
const jobs = new Map<Element, Job>();
let awaitsFrame = false;
let awaitsTime = false;

interface Job {
  draw: () => void;
  isNear: boolean;
  /** gives up waiting for somebody to come near, where it does wait */
  leave: () => void;
}

/** Of what is near, ms. */
const longestWait = 500;

/** Runs `draw` in a coming frame, once its owner is in sight or near; a later one of the same owner replaces it. */
export function drawInFrame(owner: Element, draw: () => void): void {
  const job = jobs.get(owner);
  if (job) job.draw = draw;
  else jobs.set(owner, { draw, isNear: false, leave: unwatched });
  awaitFrame();
}

/** Draws at once all that waits, near or not, and what that leaves to draw. */
export function drawAll(): void {
  for (const waits of jobs) run(waits);
}

function unwatched(): void {}

function awaitFrame(): void {
  if (!awaitsFrame) requestAnimationFrame(inFrame);
  awaitsFrame = true;
}

function inFrame(): void {
  awaitsFrame = false;
  for (const waits of jobs) if (!waits[0].isConnected) run(waits);
  const seen = [...jobs].find(([owner]) => isInSight(owner));
  if (seen) goOn(seen);
  else if (!near()) for (const [owner, job] of jobs) watch(owner, job);
  else if (!awaitsTime) {
    awaitsTime = true;
    whenIdle(() => {
      awaitsTime = false;
      goOn(near());
    }, longestWait);
  }
}

const near = () => [...jobs].find(([, { isNear }]) => isNear);

function watch(owner: Element, job: Job): void {
  if (job.leave === unwatched)
    job.leave = whenNear(owner, () => {
      job.isNear = true;
      awaitFrame();
    });
}

/** @param first nothing where all was drawn in the meantime */
function goOn(first: [Element, Job] | undefined): void {
  try {
    if (first) run(first);
  } finally {
    if (jobs.size > 0) awaitFrame();
  }
}

/** What has left the page is not drawn. */
function run([owner, job]: [Element, Job]): void {
  jobs.delete(owner);
  job.leave();
  if (owner.isConnected) job.draw();
}

function isInSight(owner: Element): boolean {
  const { top, bottom } = owner.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
