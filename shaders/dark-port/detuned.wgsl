#import "philox"
#import "ensemble/ensemble"
#import "dark-port/state"
#import "dark-port/events"
#import "dark-port/detuned-samples"

// The merged dark port off resonance or with a collective shift, where a Hamiltonian is left (src/operators/detuned-dark-port.ts):
// dark-port.wgsl's jumps of complex amplitudes, and between them
//
//   d a/dt = -(K + i H) a,   chance of no jump up to t: |a(t)|^2 / |a(0)|^2.
//
// The state goes on by exact propagators, by the longest of a ladder of times for which there is no jump, and for less than the
// shortest by a Taylor series, on which the jump's time is found. Right after a jump |a|^2 = 1/u: the next comes where it has
// fallen to 1.

/// How close to 1 that is found.
const close = 3e-6;
/// Terms of the series after the first.
const orders = 5u;

var<private> sourceRe: Modes;   // of the operators
var<private> sourceIm: Modes;
var<private> imageRe: Modes;    // of the last one applied
var<private> imageIm: Modes;
var<private> seriesRe: Modes;   // Taylor's, up to the last term
var<private> seriesIm: Modes;
var<private> steps: u32;        // still to be taken in this dispatch

/// image <- a real operator of the block on the first `count` components of the source; returns its |image|^2.
fn applyOperator(block: u32, which: u32, count: u32) -> f32 {
  let rows = blocks[block].reach[which][count - 1u];
  let table = (block * tables + which) * tableSize + lane;
  imageRe = Modes();
  imageIm = Modes();
  var norm = 0.0;
  for (var r = 0u; r < rows; r++) {
    var sum = vec2f();
    for (var c = 0u; c < count; c++) {
      let elements = jumps[table + c * modes + r * lanes];
      sum += vec2f(onColumns(elements, component(&sourceRe, c)), onColumns(elements, component(&sourceIm, c)));
    }
    setComponent(&imageRe, r, sum.x);
    setComponent(&imageIm, r, sum.y);
    norm += dot(sum, sum);
  }
  return laneTotal(norm);
}

/// image <- the state's first `count` components after a time of the ladder; returns its |image|^2.
fn propagate(block: u32, rung: u32, count: u32) -> f32 {
  let which = propagators + 2u * rung;
  let rows = blocks[block].reach[which][count - 1u];
  let re = (block * tables + which) * tableSize + lane;
  let im = re + tableSize;
  imageRe = Modes();
  imageIm = Modes();
  var norm = 0.0;
  for (var r = 0u; r < rows; r++) {
    var sum = vec2f();
    for (var c = 0u; c < count; c++) {
      let x = component(&stateRe, c);
      let y = component(&stateIm, c);
      let a = jumps[re + c * modes + r * lanes];
      let b = jumps[im + c * modes + r * lanes];
      sum += vec2f(onColumns(a, x) - onColumns(b, y), onColumns(a, y) + onColumns(b, x));
    }
    setComponent(&imageRe, r, sum.x);
    setComponent(&imageIm, r, sum.y);
    norm += dot(sum, sum);
  }
  return laneTotal(norm);
}

/// The source a short time on, which may be negative: |K + i H| t is 1/4 at most.
fn evolveShortly(block: u32, t: f32) {
  seriesRe = sourceRe;
  seriesIm = sourceIm;
  for (var p = 1u; p <= orders; p++) {
    // The image of all components: H may reach beyond those that are filled.
    applyOperator(block, hamiltonian, components);
    let h = -t / f32(p);
    derive(&sourceRe, h, -1.0, &imageIm);
    derive(&sourceIm, h, 1.0, &imageRe);
    plus(&seriesRe, &sourceRe);
    plus(&seriesIm, &sourceIm);
  }
  sourceRe = seriesRe;
  sourceIm = seriesIm;
}

fn timeOf(shortest: f32, rung: i32) -> f32 { return shortest * pow(f32(rungRatio), f32(rung)); }

/// Propagators that one `advance` tries at most. It ends there and nowhere earlier: where its dispatch ends must not decide which times
/// are tried next, or the same seed would lead to other digits.
const atOnce = 64u;

/// Where `advance` ends.
const onTheWay = 0u;
const atSample = 1u;
const atJump = 2u;

/// Goes on to the next sample, to the jump, whose amplitudes are then the source, or by `atOnce` trials.
fn advance(walker: ptr<function, Walker>) -> u32 {
  if ((*walker).untilSample <= 0.0) { return atSample; }
  let block = (*walker).block;
  let shortest = blocks[block].shortest;
  let w = weighed(&stateRe, &stateIm);
  var weight = w.x;
  // Rates change on the way: the guess only says which time is tried first.
  let guess = 4.0 * log(weight) / max(2.0 * w.y, 1e-30);
  var highest = i32(rungs) - 1;
  var rung = highest;
  while (rung > 0 && timeOf(shortest, rung) > guess) { rung--; }
  var taken = 0u;
  var tried = 0u;
  while (rung >= 0) {
    let time = timeOf(shortest, rung);
    var goesOn = false;
    if (time <= (*walker).untilSample) {
      if (tried == atOnce) { return onTheWay; }
      tried++;
      steps -= min(steps, 1u);
      let left = propagate(block, u32(rung), filled(&stateRe, &stateIm, negligible * weight));
      goesOn = left > 1.0;
      if (goesOn) {
        stateRe = imageRe;
        stateIm = imageIm;
        weight = left;
        (*walker).untilSample -= time;
        taken++;
        if (taken == 4u && rung < highest) {
          taken = 0u;
          rung++;
        }
      }
    }
    if (!goesOn) {
      taken = 0u;
      rung--;
      highest = rung;
    }
  }
  return advanceShortly(walker, shortest);
}

/// By less than the shortest time.
fn advanceShortly(walker: ptr<function, Walker>, shortest: f32) -> u32 {
  let block = (*walker).block;
  let most = min(shortest, (*walker).untilSample);
  var t = most;
  var step = most;
  sourceRe = stateRe;
  sourceIm = stateIm;
  for (var i = 0u; i < 30u; i++) {
    evolveShortly(block, step);
    let w = weighed(&sourceRe, &sourceIm);
    if (i == 0u && w.x > 1.0 && most == (*walker).untilSample) {
      stateRe = sourceRe;
      stateIm = sourceIm;
      (*walker).untilSample = 0.0;
      return atSample;
    }
    if (abs(w.x - 1.0) < close) { break; }
    let before = t;
    t = clamp(t + log(w.x) * w.x / max(2.0 * w.y, 1e-30), 0.0, 1.1 * most);
    step = t - before;
    if (step == 0.0) { break; }
  }
  (*walker).untilSample = max((*walker).untilSample - t, 0.0);
  return atJump;
}

/// One jump of the source, for which there is an event, in dark-port.wgsl's way.
fn jump(walker: ptr<function, Walker>) {
  (*walker).steps++;
  let block = (*walker).block;
  let u = uniforms(walker);
  let w = weighed(&sourceRe, &sourceIm);
  let count = filled(&sourceRe, &sourceIm, negligible * w.x);
  // On its own line: all lanes of the walker must take part in the sum over them, and && would leave three of them out.
  let share = lost(block, 2.0 * w.y);
  if (lane == 0u && u.y > 1.0 - share) { atomicAdd(&queue.alarms, 1u); }
  var level = u.y * 2.0 * w.y;
  var channel = within;
  var rate = 0.0;
  for (var tries = 0u; tries < 2u * channels; tries++) {
    if (tries == channels) {
      if (lane == 0u) { atomicAdd(&queue.alarms, 1u); }
      level = 0.0;
    }
    channel = tries % channels;
    rate = applyOperator(block, channel, count);
    if (level < rate) { break; }
    level = max(level - rate, 0.0);
  }
  if (rate == 0.0) {
    channel = channels;
    rate = w.x;
    imageRe = sourceRe;
    imageIm = sourceIm;
  }
  change(walker, channel);
  countJump(*walker, channel);
  let factor = inverseSqrt(rate * u.x);
  stateRe = imageRe;
  stateIm = imageIm;
  scale(&stateRe, factor);
  scale(&stateIm, factor);
}

/// What H loses out of the kept modes, which jumps away from there, is of the order of what jumps away from the last of them:
/// their share of the rate, where the block has more. It is counted as the jumps that truncation loses are: by chance, in that
/// share of all jumps.
fn lost(block: u32, rate: f32) -> f32 {
  var sum = 0.0;
  if (blocks[block].dim > modes) {
    for (var c = components - 4u / lanes; c < components; c++) {
      let x = vec2f(component(&sourceRe, c), component(&sourceIm, c));
      sum += 2.0 * component(&k, c) * dot(x, x);
    }
  }
  return laneTotal(sum) / rate;
}

@compute @workgroup_size(workgroupSize)
fn walk(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.x / lanes;
  lane = invocation.x % lanes;
  if (id >= arrayLength(&walkers)) { return; }
  var walker = walkers[id];
  loadModes(&stateRe, id, 0u);
  loadModes(&stateIm, id, 1u);
  loadRow(&k, walker.block);
  steps = ensemble.steps;
  loop {
    var begins = false;
    if (isFree(walker)) { begins = claim(&walker); }
    let idle = isFree(walker);
    // In this place alone: a software adapter takes as long to compile a function as it has callers.
    if (!idle && exhausted(walker)) { refill(walker); }
    if (begins) {
      loadRow(&stateRe, blockCount);
      scale(&stateRe, inverseSqrt(uniforms(&walker).x));
      stateIm = Modes();
    }
    if (allWalkers(idle || steps == 0u)) { break; }
    if (!idle && steps > 0u) {
      steps--;
      let reached = advance(&walker);
      if (reached == atJump) { jump(&walker); }
      if (reached == atSample) { sample(&walker); }
    }
  }
  flush(walker);
  storeModes(id, 0u, &stateRe);
  storeModes(id, 1u, &stateIm);
  if (lane == 0u) { walkers[id] = walker; }
}
