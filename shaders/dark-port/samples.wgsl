#import "ensemble/ensemble"
#import "dark-port/state"
#import "dark-port/averages"

// The observables of a walker of the dark port: its amplitudes, decayed to the sample's time, from the modes to the
// states |j, m>, whose rows are dealt to the lanes in turn.

/// now^T p now between the first `count` components, p the committor of the block, a symmetric matrix of which the part
/// left of the diagonal counts twice; |now| need not be 1.
fn committor(block: u32, count: u32) -> f32 {
  let table = (block * tables + committorTable) * tableSize + lane;
  var sum = 0.0;
  for (var r = 0u; r < count; r++) {
    let x = component(&now, r);
    let row = table + r * lanes;
    var left = 0.0;
    for (var c = 0u; c < r; c++) { left += onColumns(jumps[row + c * modes], component(&now, c)); }
    sum += x * (2.0 * left + onColumns(jumps[row + r * modes], x));
  }
  return laneTotal(sum);
}

/// A sample is a decay read on the way: it changes neither the waiting time nor what comes after it.
fn sample(walker: ptr<function, Walker>) {
  decay(&now, (*walker).untilSample);
  (*walker).untilEvent -= (*walker).untilSample;
  let norm = weights(&now).x;
  let count = occupied(&now, negligible * norm);
  let factor = inverseSqrt(norm);
  let first = blocks[(*walker).block].vectors + lane;
  let dim = f32(blocks[(*walker).block].dim);
  let passes = (blocks[(*walker).block].dim + lanes - 1u) / lanes;
  let stride = passes * lanes;
  let j = 0.5 * (dim - 1.0);
  var diagonal = vec2f();   // <S_z>, <S_z^2>
  var lowered = vec3f();    // <S_x'>, <S_x' S_z + S_z S_x'>/2, <S_x'^2 - S_y'^2>
  let overlap = factor * inner(&now, blockCount + 1u + (*walker).block);   // <CRSS|psi>
  let counts = averaged((*walker).slot);
  let inPm = ensemble.rowOfPm + (*walker).block;
  var before = Before();
  for (var r = 0u; r < passes; r++) {
    var psi = 0.0;
    for (var c = 0u; c < count; c++) {
      psi += onColumns(vectors[first + c * stride + r * lanes], component(&now, c));
    }
    psi *= factor;
    let row = f32(r * lanes + lane);
    let m = row - j;
    let lower2 = max(row * (dim - row), 0.0);   // 0 in the padding
    let below2 = max((row - 1.0) * (dim - row + 1.0), 0.0);
    let one = sqrt(lower2) * psi * oneBelow(psi, before);
    diagonal += psi * psi * vec2f(m, m * m);
    lowered += vec3f(one, one * (m - 0.5), sqrt(lower2 * below2) * psi * twoBelow(psi, before));
    before = after(before, psi);
    if (counts && row < dim) { average(inPm + r * lanes + lane, *walker, psi * psi); }
  }
  let z = laneSum(vec3f(diagonal, 0.0));
  let y = laneSum(lowered);
  let transverse = j * (j + 1.0) - z.y;
  if (counts) {
    averageRest(*walker);
    averagePj(*walker, lane, lanes);
  }
  let fidelity = overlap * overlap;
  var p = 0.0;
  if (hasCommittor) { p = committor((*walker).block, count) / norm; }
  let inTopBlock = (*walker).block == 0u;
  if (lane == 0u) {
    recordSample(*walker, Observables(
      -y.x, z.x, 0.5 * (transverse - y.z), 0.5 * (transverse + y.z), z.y, -y.y, j,
      select(0.0, fidelity, inTopBlock), fidelity, p));
  }
  nextSample(walker);
}
