/**
 * Threads that work on one memory, each in an instance of its own, on chunks of the vectors. How many there are changes no bit:
 * each sum is of one number a chunk, in the chunks' order.
 */

/** The words that threads meet by, a cache line each, below all that the host lays out. */
const ticket: usize = 64;
const arrived: usize = 128;
const turn: usize = 192;

/** A ticket is a call's number times this, and how many threads are called: fewer than this. */
const perTicket = 64;
/** Looks at a word before a thread sleeps until it changes. */
const looks = 4000;
/** After so long in ns the first takes another for dead, since it hears of nothing while it waits. */
const patience: i64 = 5_000_000_000;

/** chunks in all, and the places of what they have summed: `sums` float64 numbers each, their totals behind the last */
let chunks: i32 = 0;
let sums: i32 = 0;
let partials: usize = 0;

/** this thread, and of how many */
let thread: i32 = 0;
let team: i32 = 1;

export function setSums(chunkCount: i32, count: i32, address: usize): void {
  chunks = chunkCount;
  sums = count;
  partials = address;
}

/** The first chunk of this thread's share. */
export function firstChunk(): i32 {
  return (chunks * thread) / team;
}

/** The one behind its last. */
export function endChunk(): i32 {
  return (chunks * (thread + 1)) / team;
}

export function isFirst(): bool {
  return thread === 0;
}

/** The first of a team of so many calls the others. */
export function call(count: i32): void {
  team = count;
  if (team === 1) return;
  atomic.store<i32>(ticket, (atomic.load<i32>(ticket) / perTicket + 1) * perTicket + team);
  atomic.notify(ticket);
}

/** Another waits until it is called for a ticket after this one; returns the new one. */
export function wait(me: i32, last: i32): i32 {
  thread = me;
  let now = last;
  do {
    now = next(ticket, now, -1);
    team = now % perTicket;
  } while (thread >= team);
  return now;
}

/** The word once it is no longer `last`; still that after so many ns. */
function next(word: usize, last: i32, ns: i64): i32 {
  for (let i = 0; i < looks; i++) {
    const now = atomic.load<i32>(word);
    if (now !== last) return now;
  }
  while (atomic.load<i32>(word) === last) {
    if (atomic.wait<i32>(word, last, ns) === 2) break;
  }
  return atomic.load<i32>(word);
}

export function setSum(chunk: i32, sum: i32, value: f64): void {
  f64.store(partials + 8 * usize(chunk * sums + sum), value);
}

/** The sum over all chunks, after a meeting. */
export function sumOf(sum: i32): f64 {
  return f64.load(partials + 8 * usize(chunks * sums + sum));
}

/**
 * Waits until all threads have come, and so many sums are made.
 * @returns whether they have: a dead one never comes
 */
export function meet(count: i32): bool {
  const last = atomic.load<i32>(turn);
  if (team > 1 && atomic.add<i32>(arrived, 1) < team - 1)
    return next(turn, last, thread === 0 ? patience : -1) !== last;
  for (let sum = 0; sum < count; sum++) {
    let whole: f64 = 0;
    for (let chunk = 0; chunk < chunks; chunk++) whole += f64.load(partials + 8 * usize(chunk * sums + sum));
    setSum(chunks, sum, whole);
  }
  if (team === 1) return true;
  atomic.store<i32>(arrived, 0);
  atomic.store<i32>(turn, last + 1);
  atomic.notify(turn);
  return true;
}
