enable subgroups;
// Quads take their branches together, which WGSL's uniformity analysis cannot see.
diagnostic(off, subgroup_uniformity);
#import "dark-port/quad"

// 48 modes across a quad: twelve components to a lane, else as quad-24.wgsl.

struct Modes { low: vec4f, middle: vec4f, high: vec4f }

fn component(x: ptr<private, Modes>, c: u32) -> f32 {
  let part = select(select((*x).low, (*x).middle, c >= 4u), (*x).high, c >= 8u);
  let i = c % 4u;
  return select(select(part.x, part.y, i == 1u), select(part.z, part.w, i == 3u), i >= 2u);
}

fn setComponent(x: ptr<private, Modes>, c: u32, value: f32) {
  (*x).low = select((*x).low, vec4f(value), vec4u(c) == vec4u(0u, 1u, 2u, 3u));
  (*x).middle = select((*x).middle, vec4f(value), vec4u(c) == vec4u(4u, 5u, 6u, 7u));
  (*x).high = select((*x).high, vec4f(value), vec4u(c) == vec4u(8u, 9u, 10u, 11u));
}

/// x <- factor x
fn scale(x: ptr<private, Modes>, factor: f32) {
  (*x).low *= factor;
  (*x).middle *= factor;
  (*x).high *= factor;
}

/// x <- x + y
fn plus(x: ptr<private, Modes>, y: ptr<private, Modes>) {
  (*x).low += (*y).low;
  (*x).middle += (*y).middle;
  (*x).high += (*y).high;
}

/// x_i <- h (k_i x_i + sign y_i)
fn derive(x: ptr<private, Modes>, h: f32, sign: f32, y: ptr<private, Modes>) {
  (*x).low = h * (k.low * (*x).low + sign * (*y).low);
  (*x).middle = h * (k.middle * (*x).middle + sign * (*y).middle);
  (*x).high = h * (k.high * (*x).high + sign * (*y).high);
}

/// x_i <- x_i exp(-k_i t)
fn decay(x: ptr<private, Modes>, t: f32) {
  (*x).low *= exp(-t * k.low);
  (*x).middle *= exp(-t * k.middle);
  (*x).high *= exp(-t * k.high);
}

/// The same for |k_i t| well below 1, either sign: to fourth order. Modes with a larger k_i t are long dead.
fn nudge(x: ptr<private, Modes>, t: f32) {
  (*x).low *= nudging(t * k.low);
  (*x).middle *= nudging(t * k.middle);
  (*x).high *= nudging(t * k.high);
}

/// exp(-x) to fourth order
fn nudging(x: vec4f) -> vec4f {
  let a = clamp(x, vec4f(-0.5), vec4f(0.5));
  return 1.0 - a * (1.0 - a * (1.0 / 2.0 - a * (1.0 / 6.0 - a / 24.0)));
}

/// This lane's part of sum_i x_i^2 (1, k_i, k_i^2).
fn ownWeights(x: ptr<private, Modes>) -> vec3f {
  let low = (*x).low * (*x).low;
  let middle = (*x).middle * (*x).middle;
  let high = (*x).high * (*x).high;
  let lowK = low * k.low;
  let middleK = middle * k.middle;
  let highK = high * k.high;
  return vec3f(
    dot(low + middle + high, vec4f(1.0)),
    dot(lowK + middleK + highK, vec4f(1.0)),
    dot(lowK, k.low) + dot(middleK, k.middle) + dot(highK, k.high));
}

/// sum_i x_i y_i, y a row of `modeTable`
fn inner(x: ptr<private, Modes>, row: u32) -> f32 {
  let y = modesAt(row);
  return laneTotal(dot((*x).low, y.low) + dot((*x).middle, y.middle) + dot((*x).high, y.high));
}

/// How many components hold all modes whose weight is above `least`; at least one.
fn occupied(x: ptr<private, Modes>, least: f32) -> u32 {
  let one = vec4u(1u);
  let low = select(one, vec4u(1u, 2u, 3u, 4u), (*x).low * (*x).low > vec4f(least));
  let middle = select(one, vec4u(5u, 6u, 7u, 8u), (*x).middle * (*x).middle > vec4f(least));
  let high = select(one, vec4u(9u, 10u, 11u, 12u), (*x).high * (*x).high > vec4f(least));
  let most = max(max(low, middle), high);
  return laneMax(max(max(most.x, most.y), max(most.z, most.w)));
}

fn loadModes(x: ptr<private, Modes>, walker: u32, which: u32) {
  let i = (2u * walker + which) * modes + lane;
  *x = Modes(
    vec4f(amplitudes[i], amplitudes[i + 4u], amplitudes[i + 8u], amplitudes[i + 12u]),
    vec4f(amplitudes[i + 16u], amplitudes[i + 20u], amplitudes[i + 24u], amplitudes[i + 28u]),
    vec4f(amplitudes[i + 32u], amplitudes[i + 36u], amplitudes[i + 40u], amplitudes[i + 44u]));
}

/// x <- a row of `modeTable`
fn loadRow(x: ptr<private, Modes>, row: u32) { *x = modesAt(row); }

fn modesAt(row: u32) -> Modes {
  let i = row * modes + lane;
  return Modes(
    vec4f(modeTable[i], modeTable[i + 4u], modeTable[i + 8u], modeTable[i + 12u]),
    vec4f(modeTable[i + 16u], modeTable[i + 20u], modeTable[i + 24u], modeTable[i + 28u]),
    vec4f(modeTable[i + 32u], modeTable[i + 36u], modeTable[i + 40u], modeTable[i + 44u]));
}
