#import "philox"
#import "ensemble/ensemble"
#import "dark-port/state"

// What a walker of the dark port draws for its events, and what it counts of them.

/// Events that one Philox block of each lane is good for: two a block.
const eventsToRefill = 2u * lanes;
/// Of no batch.
const nothing = 0xffffffffu;

var<private> random: vec4f;    // this lane's two
var<private> refilled: u32 = nothing;    // which batch of events the walker holds
var<private> jumped: vec3u;    // by channel of emission, since the last flush

/// The walker's uniforms for the coming event: waiting time after it, and its channel.
fn refill(walker: Walker) {
  refilled = walker.event / eventsToRefill;
  let bits = philox(vec4u(refilled * lanes + lane, 0u, trajectoryWords(walker)), ensemble.seed);
  random = vec4f(uniform01(bits.x), uniform01(bits.y), uniform01(bits.z), uniform01(bits.w));
}

fn exhausted(walker: Walker) -> bool { return walker.event / eventsToRefill != refilled; }

fn uniforms(walker: ptr<function, Walker>) -> vec2f {
  let second = (*walker).event % 2u == 1u;
  let source = (*walker).event / 2u % lanes;
  (*walker).event++;
  return vec2f(
    laneValue(select(random.x, random.z, second), source),
    laneValue(select(random.y, random.w, second), source));
}

/// Takes the walker to the block that a jump leads to.
fn change(walker: ptr<function, Walker>, channel: u32) {
  let kind = channel % 3u;
  (*walker).block += select(0u, 1u, kind == toLowerJ);
  (*walker).block -= select(0u, 1u, kind == toHigherJ);
  loadRow(&k, (*walker).block);
}

/// Counts a jump; of emission together with the others until `flush`.
fn countJump(walker: Walker, channel: u32) {
  let one = select(0u, 1u, walker.slot > ensemble.burnInSlots);
  jumped += select(vec3u(), vec3u(one), vec3u(channel) == vec3u(within, toLowerJ, toHigherJ));
  if (channels > 3u && channel >= 3u && channel < channels && lane == 0u) {
    let kind = channel % 3u;
    let place = channelsCounted * (channel / 3u + skippedProcesses) + select(kind + 1u, 0u, kind == 0u);
    add(ensemble.rowOfJumps + place, walker.trajectory, f32(one));
  }
}

/// Adds the jumps counted since the last time to the trajectory's record.
fn flush(walker: Walker) {
  if (lane == 0u && walker.trajectory < retired) {
    add(ensemble.rowOfJumps, walker.trajectory, f32(jumped[within]));
    add(ensemble.rowOfJumps + 2u, walker.trajectory, f32(jumped[toLowerJ]));
    add(ensemble.rowOfJumps + 3u, walker.trajectory, f32(jumped[toHigherJ]));
  }
  jumped = vec3u();
}

/// Puts a free walker at the beginning of its next trajectory, in the top block; false where there is none. It holds no events then.
fn claim(walker: ptr<function, Walker>) -> bool {
  flush(*walker);
  var next = 0u;
  if (lane == 0u) { next = nextTrajectory(*walker); }
  if (!begin(walker, fromFirstLane(next))) { return false; }
  (*walker).block = 0u;
  loadRow(&k, 0u);
  refilled = nothing;
  return true;
}
