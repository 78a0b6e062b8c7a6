#import "philox"
#import "ensemble/ensemble"
#import "dark-port/state"
#import "dark-port/events"
#import "dark-port/samples"

// The merged dark port (see src/operators/dark-port.ts): no Hamiltonian; jumps sqrt(G_j) A_j within the block j,
// sqrt(gamma_F) K- to j - 1 and sqrt(gamma_F) K+ to j + 1, as many of pumping and of dephasing where they are on; and between
// jumps, in the eigenmodes of K_j,
//
//   a_i(t) = a_i(0) exp(-k_i t),   chance of no jump up to t: |a(t)|^2 / |a(0)|^2.
//
// The waiting time is the root of |a(t)|^2 = u: no time step anywhere. Its residual in u is at float32's rounding.
//
// A program begins with single.wgsl, quad-24.wgsl or quad-48.wgsl, which say how the modes lie in `lanes`
// invocations, 1 or 4. These are a walker, and take every branch together. The loops are nested by how often their ends come up: jumps within a block, new random numbers, jumps out of the block, samples
// and new trajectories. A subgroup leaves a loop as soon as one of its walkers has to: a branch of a masked lane costs
// as much as a taken one, on a software adapter above all. A long function has one caller: such an adapter compiles it for each.

/// A step of the search for the waiting time is its last when it starts this close in log u; what it leaves is of
/// third order.
const close = 5e-3;

var<private> atJump: Modes;    // those at the next jump, not normalised
var<private> image: Modes;     // of the last jump operator applied

/// image <- the channel's operator on the first `count` components of atJump; its |image|^2 is the channel's rate.
fn applyJump(block: u32, channel: u32, count: u32) -> f32 {
  let rows = blocks[block].reach[channel][count - 1u];
  let table = (block * tables + channel) * tableSize + lane;
  image = Modes();
  var rate = 0.0;
  for (var r = 0u; r < rows; r++) {
    var sum = 0.0;
    for (var c = 0u; c < count; c++) {
      sum += onColumns(jumps[table + c * modes + r * lanes], component(&atJump, c));
    }
    setComponent(&image, r, sum);
    rate += sum * sum;
  }
  return laneTotal(rate);
}

/// From `now`, normalised: when |a|^2 has fallen to u, and the amplitudes then. The search starts from the first two
/// cumulants of the rate 2k and goes on by Newton's method on log |a|^2 with its second-order term.
fn waitForJump(walker: ptr<function, Walker>, u: f32) {
  let w = weights(&now);
  let mean = max(2.0 * w.y, 1e-30);
  let level = -log(u);
  let spread = min((4.0 * w.z / (mean * mean) - 1.0) * level, 1.5);
  var t = level / mean * (1.0 + spread * (0.5 + spread / 6.0));
  for (var i = 0u; i < 50u; i++) {
    atJump = now;
    decay(&atJump, t);
    let s = weights(&atJump);
    let excess = log(s.x / u);
    let rate = max(2.0 * s.y / s.x, 1e-30);
    let bend = clamp(0.5 * excess * (4.0 * s.z / (s.x * rate * rate) - 1.0), -0.5, 0.5);
    let step = max(excess / rate * (1.0 + bend), -t);
    t += step;
    if (abs(excess) < close) {
      nudge(&atJump, step);
      break;
    }
  }
  (*walker).untilEvent = min(t, 1e30);
}

/// Lands in `image`, whose weight is `rate`.
fn land(walker: ptr<function, Walker>, channel: u32, rate: f32) {
  now = image;
  scale(&now, inverseSqrt(rate));
  (*walker).untilSample -= (*walker).untilEvent;
  countJump(*walker, channel);
}

/// The jump, other than emission within the block, in whose share of the rate the level falls. No channel covers it where
/// truncation lost their part of the rate: that is an alarm, and the first channel that has any rate takes it, that within the
/// block last. Where none has any, the state stays.
fn leave(walker: ptr<function, Walker>, levelAbove: f32, count: u32) {
  let block = (*walker).block;
  var channel = toLowerJ;
  var level = levelAbove;
  var rate = 0.0;
  for (var tries = 1u; tries < 2u * channels; tries++) {
    if (tries == channels) {
      if (lane == 0u) { atomicAdd(&queue.alarms, 1u); }
      level = 0.0;
    }
    channel = select(tries, (tries + 1u) % channels, tries >= channels);
    rate = applyJump(block, channel, count);
    if (level < rate) { break; }
    level = max(level - rate, 0.0);
  }
  if (rate == 0.0) {
    channel = channels;
    rate = weights(&atJump).x;
    image = atJump;
  }
  change(walker, channel);
  land(walker, channel, rate);
}

fn sampleIsDue(walker: Walker) -> bool { return walker.untilSample <= walker.untilEvent; }

@compute @workgroup_size(workgroupSize)
fn walk(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.x / lanes;
  lane = invocation.x % lanes;
  if (id >= arrayLength(&walkers)) { return; }
  var walker = walkers[id];
  loadModes(&now, id, 0u);
  loadModes(&atJump, id, 1u);
  loadRow(&k, walker.block);
  var steps = ensemble.steps;
  loop {
    var begins = false;
    if (isFree(walker)) { begins = claim(&walker); }
    let idle = isFree(walker);
    // Out of steps, those that have just begun still come to their first wait.
    let someBegin = anyWalker(begins);
    if (allWalkers(idle) || (steps == 0u && !someBegin)) { break; }
    if (begins) { loadRow(&now, blockCount); }
    var leaving = false;
    var waits = false;   // has not been told yet when its next jump is
    var u = vec2f();
    var level = 0.0;
    var count = 1u;
    loop {
      loop {
        if (!idle && exhausted(walker)) { refill(walker); }
        if (begins) {
          u = uniforms(&walker);
          waits = true;
          begins = false;
        }
        loop {
          if (waits) {
            waitForJump(&walker, u.x);
            waits = false;
          }
          if (anyWalker(!idle && (leaving || exhausted(walker) || sampleIsDue(walker))) || steps == 0u) { break; }
          steps--;
          if (!idle) {
            walker.steps++;
            u = uniforms(&walker);
            let w = weights(&atJump);
            count = occupied(&atJump, negligible * w.x);
            level = u.y * 2.0 * w.y;
            let rate = applyJump(walker.block, within, count);
            if (level < rate) {
              land(&walker, within, rate);
              waits = true;
            } else {
              level -= rate;
              leaving = true;
            }
          }
        }
        if (anyWalker(!idle && (leaving || sampleIsDue(walker))) || steps == 0u) { break; }
      }
      if (!anyWalker(leaving)) { break; }
      if (leaving) {
        leave(&walker, level, count);
        leaving = false;
        waits = true;
      }
    }
    if (!idle && sampleIsDue(walker)) { sample(&walker); }
  }
  flush(walker);
  storeModes(id, 0u, &now);
  storeModes(id, 1u, &atJump);
  if (lane == 0u) { walkers[id] = walker; }
}
