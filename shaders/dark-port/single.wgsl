#import "dark-port/state"

// The modes of one trajectory in one invocation, for adapters without subgroup operations: the same functions as in
// quad.wgsl, for a walker of one lane.

const lanes = 1u;
const modes = lanes * components;

alias Modes = array<f32, components>;

var<private> lane: u32;   // always 0

fn component(x: Modes, c: u32) -> f32 { return x[c]; }

/// The same of what an invocation keeps, which is then not copied as a whole to be indexed.
fn componentOf(x: ptr<private, Modes>, c: u32) -> f32 { return (*x)[c]; }

fn withComponent(x: Modes, c: u32, value: f32) -> Modes {
  var y = x;
  y[c] = value;
  return y;
}

fn scaled(x: Modes, factor: f32) -> Modes {
  var y = x;
  for (var i = 0u; i < modes; i++) { y[i] *= factor; }
  return y;
}

fn plusScaled(x: Modes, factor: f32, y: Modes) -> Modes {
  var z = x;
  for (var i = 0u; i < modes; i++) { z[i] += factor * y[i]; }
  return z;
}

fn product(x: Modes, y: Modes) -> Modes {
  var z = x;
  for (var i = 0u; i < modes; i++) { z[i] *= y[i]; }
  return z;
}

fn decayed(x: Modes, k: Modes, t: f32) -> Modes {
  var y = x;
  for (var i = 0u; i < modes; i++) { y[i] *= exp(-t * k[i]); }
  return y;
}

fn nudged(x: Modes, k: Modes, t: f32) -> Modes {
  var y = x;
  for (var i = 0u; i < modes; i++) {
    let a = clamp(t * k[i], -0.5, 0.5);
    y[i] *= 1.0 - a * (1.0 - a * (1.0 / 2.0 - a * (1.0 / 6.0 - a / 24.0)));
  }
  return y;
}

fn laneSum(x: vec3f) -> vec3f { return x; }
fn laneTotal(x: f32) -> f32 { return x; }
fn laneSumOfFour(x: vec4f) -> vec4f { return x; }

fn weights(x: Modes, k: Modes) -> vec3f { return ownWeights(x, k); }

fn ownWeights(x: Modes, k: Modes) -> vec3f {
  var sum = vec3f();
  for (var i = 0u; i < modes; i++) { sum += x[i] * x[i] * vec3f(1.0, k[i], k[i] * k[i]); }
  return sum;
}

fn inner(x: Modes, y: Modes) -> f32 {
  var sum = 0.0;
  for (var i = 0u; i < modes; i++) { sum += x[i] * y[i]; }
  return sum;
}

fn occupied(x: Modes, least: f32) -> u32 {
  var count = 1u;
  for (var i = 1u; i < modes; i++) { count = select(count, i + 1u, x[i] * x[i] > least); }
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

fn loadModes(walker: u32, which: u32) -> Modes {
  var x: Modes;
  for (var i = 0u; i < modes; i++) { x[i] = amplitudes[(2u * walker + which) * modes + i]; }
  return x;
}

fn storeModes(walker: u32, which: u32, x: Modes) {
  for (var i = 0u; i < modes; i++) { amplitudes[(2u * walker + which) * modes + i] = x[i]; }
}

/// A row of `modeTable`
fn modesOf(row: u32) -> Modes {
  var x: Modes;
  for (var i = 0u; i < modes; i++) { x[i] = modeTable[row * modes + i]; }
  return x;
}
