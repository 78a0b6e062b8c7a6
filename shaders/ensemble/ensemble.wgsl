#import "philox"

// What every unravelling of an ensemble shares: who walks which trajectory, and where its statistics are written.
//
// A walker, one invocation or several, carries one trajectory at a time. When it has walked one to the end it claims
// the next of the batch, so that none waits for slower trajectories; all that a trajectory draws and writes depends
// on its own index, never on its walker.
//
// Times are in the user's unit, expectation values in the paper's axes.

struct Ensemble {
  seed: vec2u,
  first: vec2u,        // index of the batch's first trajectory (low, high word)
  trajectories: u32,   // in this batch
  capacity: u32,       // columns of `record`: trajectories rounded up to whole blocks
  steps: u32,          // steps of each walker in this dispatch
  slots: u32,          // sample times t = slot * interval, slot = 0 ... slots - 1
  burnInSlots: u32,    // samples before this slot stay out of the time averages
  interval: f32,       // between samples
  recorded: u32,       // every jump of the batch's first so many trajectories is kept, where they are photons
}

/// A walker's scalars between dispatches.
struct Walker {
  trajectory: u32,     // index in the batch; `unassigned` before the first claim, `retired` after the last
  event: u32,          // Philox blocks drawn so far
  block: u32,          // j = N/2 - block
  slot: u32,           // next sample
  untilSample: f32,    // time left; counted down from `interval` anew for each sample, so that no error builds up
  untilEvent: f32,     // time left to the next event of the unravelling
  scale: f32,          // what the stored amplitudes are still to be multiplied by
  steps: u32,          // steps walked, all trajectories together
}

struct Queue {
  next: atomic<u32>,      // first trajectory that nobody has claimed
  finished: atomic<u32>,  // trajectories walked to the end
  samples: atomic<u32>,   // samples recorded
  alarms: atomic<u32>,    // events that broke an invariant of the unravelling
}

const unassigned = 0xffffffffu;
const retired = 0xfffffffeu;

@group(0) @binding(0) var<uniform> ensemble: Ensemble;
@group(0) @binding(1) var<storage, read_write> queue: Queue;
@group(0) @binding(2) var<storage, read_write> walkers: array<Walker>;
/// [row][trajectory of the batch]: the samples [slot][observable], then the trajectory's own time averages of the
/// observables, its jumps after the burn-in by channel, its time averages of P_m (m = -N/2 up) and P_j (j = N/2 down).
@group(0) @binding(3) var<storage, read_write> record: array<f32>;

override atoms: u32 = 18u;
override workgroupSize: u32 = 32u;

/// Moments of one state, of which real psi in one block j leaves seven (S_x = 0 in the paper's axes), and
/// |<CRSS|psi>|^2 with the CRSS of j = N/2 (`crss`, zero in other blocks) and with that of the state's own j; and
/// the committor psi^T p psi, 0 where the run was given none.
struct Observables {
  Sy: f32, Sz: f32, Sx2: f32, Sy2: f32, Sz2: f32, SySz: f32, j: f32, crss: f32, crssOwnJ: f32,
  committor: f32,
}
const observables = 10u;
/// Collective, individual to the same j, to j - 1, to j + 1.
const channels = 4u;

fn rowOfAverages() -> u32 { return ensemble.slots * observables; }
fn rowOfJumps() -> u32 { return rowOfAverages() + observables; }
fn rowOfPm() -> u32 { return rowOfJumps() + channels; }
fn rowOfPj() -> u32 { return rowOfPm() + atoms + 1u; }

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
  let values = array<f32, observables>(o.Sy, o.Sz, o.Sx2, o.Sy2, o.Sz2, o.SySz, o.j, o.crss, o.crssOwnJ, o.committor);
  let slot = walker.slot;
  let trajectory = walker.trajectory;
  for (var i = 0u; i < observables; i++) {
    record[(slot * observables + i) * ensemble.capacity + trajectory] = values[i];
    if (averaged(slot)) { average(rowOfAverages() + i, walker, values[i]); }
  }
  atomicAdd(&queue.samples, 1u);
}

/// Takes the walker's j into its average of P_j: every `stride`-th block from `first`.
fn averagePj(walker: Walker, first: u32, stride: u32) {
  for (var b = first; b <= atoms / 2u; b += stride) {
    average(rowOfPj() + b, walker, select(0.0, 1.0, b == walker.block));
  }
}

/// On to the next sample time.
fn nextSample(walker: ptr<function, Walker>) {
  (*walker).slot++;
  (*walker).untilSample = ensemble.interval;
}
