#import "dark-port/state"

// The modes of one trajectory across a quad of lanes: mode i is component i / 4 of lane i % 4. A quad exists in
// subgroups of any size from four up; every lane of a quad takes the same branches. How a lane holds its components is
// said in quad-24.wgsl and quad-48.wgsl.

const lanes = 4u;
const modes = lanes * components;

var<private> lane: u32;   // of the quad, 0 ... 3

fn laneSum(x: vec3f) -> vec3f {
  let pair = x + quadSwapX(x);
  return pair + quadSwapY(pair);
}

/// The same of one number, and of four.
fn laneTotal(x: f32) -> f32 {
  let pair = x + quadSwapX(x);
  return pair + quadSwapY(pair);
}

fn laneSumOfFour(x: vec4f) -> vec4f {
  let pair = x + quadSwapX(x);
  return pair + quadSwapY(pair);
}

fn laneMax(x: u32) -> u32 {
  let pair = max(x, quadSwapX(x));
  return max(pair, quadSwapY(pair));
}

/// The value of x in lane `source`, the same for all lanes of the quad.
fn laneValue(x: f32, source: u32) -> f32 {
  let low = select(quadBroadcast(x, 0u), quadBroadcast(x, 1u), source == 1u);
  let high = select(quadBroadcast(x, 2u), quadBroadcast(x, 3u), source == 3u);
  return select(low, high, source >= 2u);
}

fn fromFirstLane(x: u32) -> u32 { return quadBroadcast(x, 0u); }

/// Of all walkers of the subgroup
fn anyWalker(is: bool) -> bool { return subgroupAny(is); }
fn allWalkers(are: bool) -> bool { return subgroupAll(are); }

/// For rows dealt to the lanes in turn, pass by pass: the rows of the pass before.
alias Before = f32;

fn after(before: Before, x: f32) -> Before { return x; }

/// The value one row below x.
fn oneBelow(x: f32, before: Before) -> f32 {
  let edge = select(x, before, lane == 3u);
  return select(quadSwapX(edge), quadSwapDiagonal(edge), lane % 2u == 0u);
}

fn twoBelow(x: f32, before: Before) -> f32 {
  return quadSwapY(select(x, before, lane >= 2u));
}

/// The elements of one row in the columns of one component: as many as there are lanes.
alias Columns = vec4f;

/// Those elements times the values of x in the four lanes.
fn onColumns(elements: Columns, x: f32) -> f32 {
  return dot(elements, vec4f(quadBroadcast(x, 0u), quadBroadcast(x, 1u), quadBroadcast(x, 2u), quadBroadcast(x, 3u)));
}

fn storeModes(walker: u32, which: u32, x: ptr<private, Modes>) {
  let i = (2u * walker + which) * modes + lane;
  for (var c = 0u; c < components; c++) { amplitudes[i + 4u * c] = component(x, c); }
}
