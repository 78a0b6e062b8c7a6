#import "ensemble/ensemble"
#import "photodetection/state"

// The channels of photodetection's jumps, those of emission first: what each does to the state, and how likely it makes it.

/// Channels of a process: collective, and of one atom to the same j, to j - 1 and to j + 1.
const kinds = 4u;
const toLowerJ = 2u;
const toHigherJ = 3u;
const firstOfPumping = kinds;
const firstOfDephasing = 2u * kinds;
const allChannels = 3u * kinds;

/// Rows that a channel raises the state by.
fn rise(channel: u32) -> i32 {
  let ofM = select(select(0, 1, channel < firstOfDephasing), -1, channel < firstOfPumping);
  let kind = channel % kinds;
  return ofM + select(0, 1, kind == toHigherJ) - select(0, 1, kind == toLowerJ);
}

/// C^2 of a channel in row r, C its jump without rate and share, 2 S_z that of dephasing in the same j.
fn squareOf(channel: u32, r: i32, dim: i32) -> i32 {
  let kind = channel % kinds;
  let isDephasing = channel >= firstOfDephasing;
  // Pumping is emission with all spins turned over.
  let row = select(r, dim - 1 - r, channel >= firstOfPumping && !isDephasing);
  let top = dim - row;
  if (kind == toLowerJ) { return row * select(row - 1, top - 1, isDephasing); }
  if (kind == toHigherJ) { return top * select(top + 1, row + 1, isDephasing); }
  return select(row * top, (row + 1 - top) * (row + 1 - top), isDephasing);
}

/// psi <- C psi for one channel, in place: in the order in which no row is taken after it was left.
fn jump(id: u32, walker: ptr<function, Walker>, block: Block, channel: u32) {
  let by = rise(channel);
  let kind = channel % kinds;
  let dim = i32(block.dim);
  let newDim = dim + select(0, 2, kind == toHigherJ) - select(0, 2, kind == toLowerJ);
  let isSz = channel == firstOfDephasing || channel == firstOfDephasing + 1u;
  for (var i = max(-by, 0); i < dim; i++) {
    let r = select(i, dim - 1 - i, by > 0);
    if (r + by >= newDim) { continue; }
    let factor = sqrt(f32(squareOf(channel, r, dim)));
    let isNegative = isSz && 2 * r + 1 < dim;
    psi[amplitude(id, u32(r + by))] = select(factor, -factor, isNegative) * psi[amplitude(id, u32(r))];
  }
  for (var r = 0; r < by; r++) { psi[amplitude(id, u32(r))] = Amplitude(); }
  for (var r = dim + by; r < newDim; r++) { psi[amplitude(id, u32(r))] = Amplitude(); }
  if (kind == toLowerJ) { (*walker).block++; }
  if (kind == toHigherJ) { (*walker).block--; }
}

/// |C psi|^2 of the channels of pumping and dephasing, C as in `squareOf`.
fn chancesOfMore(id: u32, block: Block) -> array<f32, 8> {
  let dim = f32(block.dim);
  var p = vec3f();
  var d = vec3f();
  for (var i = 0u; i < block.dim; i++) {
    let r = f32(i);
    let q = dim - 1.0 - r;
    let weight = squared(psi[amplitude(id, i)]);
    p += weight * vec3f(q * (r + 1.0), q * (q - 1.0), (r + 1.0) * (r + 2.0));
    d += weight * vec3f((r - q) * (r - q), r * q, (r + 1.0) * (q + 1.0));
  }
  return array<f32, 8>(p.x, p.x, p.y, p.z, d.x, d.x, d.y, d.z);
}
