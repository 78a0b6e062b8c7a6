#import "philox"

// What every unravelling of an ensemble shares: who walks which trajectory, and where its statistics are written.
//
// A walker, one invocation or several, carries one trajectory at a time. When it has walked one to the end it claims
// the next of the batch, so that none waits for slower trajectories; all that a trajectory draws and writes depends
// on its own index, never on its walker.
//
// Times are in the user's unit, expectation values in the paper's axes. Ensemble, Walker and Queue are declared in
// src/trajectories/ensemble-structs.ts, Observables and the rows of the record in src/trajectories/record.ts.

@group(0) @binding(0) var<uniform> ensemble: Ensemble;
@group(0) @binding(1) var<storage, read_write> queue: Queue;
@group(0) @binding(2) var<storage, read_write> walkers: array<Walker>;
/// [row][trajectory of the batch]
@group(0) @binding(3) var<storage, read_write> record: array<f32>;

override atoms: u32 = 18u;
override workgroupSize: u32 = 32u;

fn add(row: u32, trajectory: u32, value: f32) {
  record[row * ensemble.capacity + trajectory] += value;
}

fn averaged(slot: u32) -> bool { return slot >= ensemble.burnInSlots; }

/// Takes the walker's sample of one quantity into the quantity's time average. A running mean, since a sum of small
/// parts would leave a value that never changes with a rounding error larger than its standard error.
fn average(row: u32, walker: Walker, value: f32) {
  let place = row * ensemble.capacity + walker.trajectory;
  record[place] += (value - record[place]) / f32(walker.slot - ensemble.burnInSlots + 1u);
}

/// The number of the walker's trajectory in the whole ensemble, low word first.
fn trajectoryWords(walker: Walker) -> vec2u {
  let low = ensemble.first.x + walker.trajectory;
  return vec2u(low, ensemble.first.y + select(0u, 1u, low < ensemble.first.x));
}

/// The next Philox block of the walker's trajectory.
fn draw(walker: ptr<function, Walker>) -> vec4u {
  let counter = vec4u((*walker).event, 0u, trajectoryWords(*walker));
  (*walker).event++;
  return philox(counter, ensemble.seed);
}

/// True for a walker without a trajectory, or at the end of one.
fn isFree(walker: Walker) -> bool { return walker.trajectory >= retired || walker.slot == ensemble.slots; }

/// Hands in a free walker's trajectory and claims the batch's next; past the last, a number that `begin` refuses.
fn nextTrajectory(walker: Walker) -> u32 {
  if (walker.trajectory == retired) { return retired; }
  if (walker.trajectory != unassigned) { atomicAdd(&queue.finished, 1u); }
  return atomicAdd(&queue.next, 1u);
}

/// Puts the walker at the beginning of a trajectory, or retires it past the batch's last: then false.
fn begin(walker: ptr<function, Walker>, trajectory: u32) -> bool {
  if (trajectory >= ensemble.trajectories) {
    (*walker).trajectory = retired;
    return false;
  }
  (*walker).trajectory = trajectory;
  (*walker).event = 0u;
  (*walker).slot = 0u;
  (*walker).untilSample = 0.0;
  return true;
}

/// Writes one sample's observables; the caller averages P_m and P_j itself.
fn recordSample(walker: Walker, o: Observables) {
  let values = valuesOf(o);
  let slot = walker.slot;
  let trajectory = walker.trajectory;
  for (var i = 0u; i < observables; i++) {
    record[(slot * observables + i) * ensemble.capacity + trajectory] = values[i];
    if (averaged(slot)) { average(ensemble.rowOfAverages + i, walker, values[i]); }
  }
  atomicAdd(&queue.samples, 1u);
}

/// Takes the walker's j into its average of P_j: every `stride`-th block from `first`.
fn averagePj(walker: Walker, first: u32, stride: u32) {
  for (var b = first; b <= atoms / 2u; b += stride) {
    average(ensemble.rowOfPj + b, walker, select(0.0, 1.0, b == walker.block));
  }
}

/// On to the next sample time.
fn nextSample(walker: ptr<function, Walker>) {
  (*walker).slot++;
  (*walker).untilSample = ensemble.interval;
}
