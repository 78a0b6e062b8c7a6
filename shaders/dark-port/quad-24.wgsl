enable subgroups;
// Quads take their branches together, which WGSL's uniformity analysis cannot see.
diagnostic(off, subgroup_uniformity);
#import "dark-port/quad"

// 24 modes across a quad: six components to a lane, picked by `select`, never by a dynamic index, so that they stay in
// registers on any adapter.

struct Modes { low: vec4f, high: vec2f }

fn component(x: ptr<private, Modes>, c: u32) -> f32 {
  let low = select(select((*x).low.x, (*x).low.y, c == 1u), select((*x).low.z, (*x).low.w, c == 3u), c >= 2u);
  return select(low, select((*x).high.x, (*x).high.y, c == 5u), c >= 4u);
}

fn setComponent(x: ptr<private, Modes>, c: u32, value: f32) {
  (*x).low = select((*x).low, vec4f(value), vec4u(c) == vec4u(0u, 1u, 2u, 3u));
  (*x).high = select((*x).high, vec2f(value), vec2u(c) == vec2u(4u, 5u));
}

/// x <- factor x
fn scale(x: ptr<private, Modes>, factor: f32) {
  (*x).low *= factor;
  (*x).high *= factor;
}

/// x <- x + y
fn plus(x: ptr<private, Modes>, y: ptr<private, Modes>) {
  (*x).low += (*y).low;
  (*x).high += (*y).high;
}

/// x_i <- h (k_i x_i + sign y_i)
fn derive(x: ptr<private, Modes>, h: f32, sign: f32, y: ptr<private, Modes>) {
  (*x).low = h * (k.low * (*x).low + sign * (*y).low);
  (*x).high = h * (k.high * (*x).high + sign * (*y).high);
}

/// x_i <- x_i exp(-k_i t)
fn decay(x: ptr<private, Modes>, t: f32) {
  (*x).low *= exp(-t * k.low);
  (*x).high *= exp(-t * k.high);
}

/// The same for |k_i t| well below 1, either sign: to fourth order. Modes with a larger k_i t are long dead.
fn nudge(x: ptr<private, Modes>, t: f32) {
  let l = clamp(t * k.low, vec4f(-0.5), vec4f(0.5));
  let h = clamp(t * k.high, vec2f(-0.5), vec2f(0.5));
  (*x).low *= 1.0 - l * (1.0 - l * (1.0 / 2.0 - l * (1.0 / 6.0 - l / 24.0)));
  (*x).high *= 1.0 - h * (1.0 - h * (1.0 / 2.0 - h * (1.0 / 6.0 - h / 24.0)));
}

/// This lane's part of sum_i x_i^2 (1, k_i, k_i^2).
fn ownWeights(x: ptr<private, Modes>) -> vec3f {
  let low = (*x).low * (*x).low;
  let high = (*x).high * (*x).high;
  let lowK = low * k.low;
  let highK = high * k.high;
  return vec3f(
    dot(low, vec4f(1.0)) + dot(high, vec2f(1.0)),
    dot(lowK, vec4f(1.0)) + dot(highK, vec2f(1.0)),
    dot(lowK, k.low) + dot(highK, k.high));
}

/// sum_i x_i y_i, y a row of `modeTable`
fn inner(x: ptr<private, Modes>, row: u32) -> f32 {
  let y = modesAt(row);
  return laneTotal(dot((*x).low, y.low) + dot((*x).high, y.high));
}

/// How many components hold all modes whose weight is above `least`; at least one.
fn occupied(x: ptr<private, Modes>, least: f32) -> u32 {
  let low = (*x).low * (*x).low > vec4f(least);
  let high = (*x).high * (*x).high > vec2f(least);
  var count = select(1u, 2u, low.y);
  count = select(count, 3u, low.z);
  count = select(count, 4u, low.w);
  count = select(count, 5u, high.x);
  count = select(count, 6u, high.y);
  return laneMax(count);
}

fn loadModes(x: ptr<private, Modes>, walker: u32, which: u32) {
  let i = (2u * walker + which) * modes + lane;
  *x = Modes(
    vec4f(amplitudes[i], amplitudes[i + 4u], amplitudes[i + 8u], amplitudes[i + 12u]),
    vec2f(amplitudes[i + 16u], amplitudes[i + 20u]));
}

/// x <- a row of `modeTable`
fn loadRow(x: ptr<private, Modes>, row: u32) { *x = modesAt(row); }

fn modesAt(row: u32) -> Modes {
  let i = row * modes + lane;
  return Modes(
    vec4f(modeTable[i], modeTable[i + 4u], modeTable[i + 8u], modeTable[i + 12u]),
    vec2f(modeTable[i + 16u], modeTable[i + 20u]));
}
