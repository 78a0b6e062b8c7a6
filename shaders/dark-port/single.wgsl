#import "dark-port/state"

// The modes of one trajectory in one invocation, for adapters without subgroup operations: the same functions as in
// quad.wgsl and quad-24.wgsl, for a walker of one lane.

const lanes = 1u;
const modes = lanes * components;

alias Modes = array<f32, components>;

var<private> lane: u32;   // always 0

fn component(x: ptr<private, Modes>, c: u32) -> f32 { return (*x)[c]; }

fn setComponent(x: ptr<private, Modes>, c: u32, value: f32) { (*x)[c] = value; }

fn scale(x: ptr<private, Modes>, factor: f32) {
  for (var i = 0u; i < modes; i++) { (*x)[i] *= factor; }
}

fn plus(x: ptr<private, Modes>, y: ptr<private, Modes>) {
  for (var i = 0u; i < modes; i++) { (*x)[i] += (*y)[i]; }
}

fn derive(x: ptr<private, Modes>, h: f32, sign: f32, y: ptr<private, Modes>) {
  for (var i = 0u; i < modes; i++) { (*x)[i] = h * (k[i] * (*x)[i] + sign * (*y)[i]); }
}

fn decay(x: ptr<private, Modes>, t: f32) {
  for (var i = 0u; i < modes; i++) { (*x)[i] *= exp(-t * k[i]); }
}

fn nudge(x: ptr<private, Modes>, t: f32) {
  for (var i = 0u; i < modes; i++) {
    let a = clamp(t * k[i], -0.5, 0.5);
    (*x)[i] *= 1.0 - a * (1.0 - a * (1.0 / 2.0 - a * (1.0 / 6.0 - a / 24.0)));
  }
}

fn laneSum(x: vec3f) -> vec3f { return x; }
fn laneTotal(x: f32) -> f32 { return x; }
fn laneSumOfFour(x: vec4f) -> vec4f { return x; }

fn ownWeights(x: ptr<private, Modes>) -> vec3f {
  var sum = vec3f();
  for (var i = 0u; i < modes; i++) { sum += (*x)[i] * (*x)[i] * vec3f(1.0, k[i], k[i] * k[i]); }
  return sum;
}

fn inner(x: ptr<private, Modes>, row: u32) -> f32 {
  var sum = 0.0;
  for (var i = 0u; i < modes; i++) { sum += (*x)[i] * modeTable[row * modes + i]; }
  return sum;
}

fn occupied(x: ptr<private, Modes>, least: f32) -> u32 {
  var count = 1u;
  for (var i = 1u; i < modes; i++) { count = select(count, i + 1u, (*x)[i] * (*x)[i] > least); }
  return count;
}

fn laneValue(x: f32, source: u32) -> f32 { return x; }
fn fromFirstLane(x: u32) -> u32 { return x; }
fn anyWalker(is: bool) -> bool { return is; }
fn allWalkers(are: bool) -> bool { return are; }

/// The values one and two rows below.
alias Before = vec2f;

fn after(before: Before, x: f32) -> Before { return vec2f(x, before.x); }
fn oneBelow(x: f32, before: Before) -> f32 { return before.x; }
fn twoBelow(x: f32, before: Before) -> f32 { return before.y; }

alias Columns = f32;

fn onColumns(elements: Columns, x: f32) -> f32 { return elements * x; }

fn loadModes(x: ptr<private, Modes>, walker: u32, which: u32) {
  for (var i = 0u; i < modes; i++) { (*x)[i] = amplitudes[(2u * walker + which) * modes + i]; }
}

fn storeModes(walker: u32, which: u32, x: ptr<private, Modes>) {
  for (var i = 0u; i < modes; i++) { amplitudes[(2u * walker + which) * modes + i] = (*x)[i]; }
}

fn loadRow(x: ptr<private, Modes>, row: u32) {
  for (var i = 0u; i < modes; i++) { (*x)[i] = modeTable[row * modes + i]; }
}
