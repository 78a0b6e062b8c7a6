/** Spreads drawing over frames, one job a frame, so that several plots never make one long task. */
const jobs = new Map<object, () => void>();
let waiting = false;

/** Runs `job` in a coming frame; a later job of the same owner replaces it. */
export function drawInFrame(owner: object, job: () => void): void {
  jobs.set(owner, job);
  if (!waiting) requestAnimationFrame(next);
  waiting = true;
}

function next(): void {
  const first = jobs.entries().next().value;
  if (first) {
    jobs.delete(first[0]);
    first[1]();
  }
  waiting = jobs.size > 0;
  if (waiting) requestAnimationFrame(next);
}
