#import "ensemble/ensemble"
#import "dark-port/state"
#import "dark-port/averages"

// As samples.wgsl, of complex amplitudes: in the states |j, m> they are turned back to the axes of the record.

var<private> stateRe: Modes;    // now
var<private> stateIm: Modes;

/// sum_i |x_i|^2 (1, k_i)
fn weighed(re: ptr<private, Modes>, im: ptr<private, Modes>) -> vec2f {
  let parts = laneSumOfFour(vec4f(ownWeights(re).xy, ownWeights(im).xy));
  return parts.xy + parts.zw;
}

/// How many components hold all modes whose weight is above `least`; at least one.
fn filled(re: ptr<private, Modes>, im: ptr<private, Modes>, least: f32) -> u32 {
  return max(occupied(re, least), occupied(im, least));
}

/// a^+ p a of the state's first `count` components, p = R + iB the committor of the block: R on both parts, and B between them.
fn committor(block: u32, count: u32) -> f32 {
  let symmetric = (block * tables + committorTable) * tableSize + lane;
  let antisymmetric = symmetric + tableSize;
  var sum = 0.0;
  for (var r = 0u; r < count; r++) {
    var parts = vec3f();
    for (var c = 0u; c < count; c++) {
      let x = component(&stateRe, c);
      let y = component(&stateIm, c);
      let place = c * modes + r * lanes;
      let elements = jumps[symmetric + place];
      parts += vec3f(onColumns(elements, x), onColumns(elements, y), onColumns(jumps[antisymmetric + place], y));
    }
    sum += component(&stateRe, r) * (parts.x - 2.0 * parts.z) + component(&stateIm, r) * parts.y;
  }
  return laneTotal(sum);
}

/// The sample is where the state is.
fn sample(walker: ptr<function, Walker>) {
  let block = (*walker).block;
  let norm = weighed(&stateRe, &stateIm).x;
  let count = filled(&stateRe, &stateIm, negligible * norm);
  let factor = inverseSqrt(norm);
  let first = blocks[block].vectors + lane;
  let dim = f32(blocks[block].dim);
  let passes = (blocks[block].dim + lanes - 1u) / lanes;
  let stride = passes * lanes;
  let j = 0.5 * (dim - 1.0);
  var diagonal = vec2f();    // <S_z>, <S_z^2>
  var lowered = vec2f();      // <S_-> in the gauge: <S_x'>, -<S_y'>
  var mixed = vec2f();       // <S_- S_z + S_z S_->/2
  var second = vec2f();      // <S_-^2>
  let crssRe = blockCount + 1u + block;
  let crssIm = crssRe + blockCount;
  let overlap = factor * vec2f(
    inner(&stateRe, crssRe) - inner(&stateIm, crssIm), inner(&stateIm, crssRe) + inner(&stateRe, crssIm));   // <CRSS|psi>
  let counts = averaged((*walker).slot);
  let inPm = ensemble.rowOfPm + block;
  var beforeRe = Before();
  var beforeIm = Before();
  for (var r = 0u; r < passes; r++) {
    var turned = vec2f();
    for (var c = 0u; c < count; c++) {
      let elements = vectors[first + c * stride + r * lanes];
      turned += vec2f(onColumns(elements, component(&stateRe, c)), onColumns(elements, component(&stateIm, c)));
    }
    let place = r * lanes + lane;
    let angle = vec2f(modeTable[anglesAt + 2u * place], modeTable[anglesAt + 2u * place + 1u]);   // cosine, sine
    let psi = factor * vec2f(dot(angle, turned), angle.x * turned.y - angle.y * turned.x);
    let row = f32(place);
    let m = row - j;
    let lower2 = max(row * (dim - row), 0.0);   // 0 in the padding
    let below2 = max((row - 1.0) * (dim - row + 1.0), 0.0);
    let weight = dot(psi, psi);
    let one = sqrt(lower2) * joined(vec2f(oneBelow(psi.x, beforeRe), oneBelow(psi.y, beforeIm)), psi);
    let two = joined(vec2f(twoBelow(psi.x, beforeRe), twoBelow(psi.y, beforeIm)), psi);
    diagonal += weight * vec2f(m, m * m);
    lowered += one;
    mixed += one * (m - 0.5);
    second += sqrt(lower2 * below2) * two;
    beforeRe = after(beforeRe, psi.x);
    beforeIm = after(beforeIm, psi.y);
    if (counts && row < dim) { average(inPm + place, *walker, weight); }
  }
  let z = laneSum(vec3f(diagonal, 0.0));
  let real = laneSum(vec3f(lowered.x, mixed.x, second.x));
  let imaginary = laneSum(vec3f(lowered.y, mixed.y, second.y));
  let transverse = j * (j + 1.0) - z.y;
  if (counts) {
    averageRest(*walker);
    averagePj(*walker, lane, lanes);
  }
  let fidelity = dot(overlap, overlap);
  var p = 0.0;
  if (hasCommittor) { p = committor(block, count) / norm; }
  if (lane == 0u) {
    var o = Observables();
    o.Sx = -imaginary.x;
    o.Sy = -real.x;
    o.Sz = z.x;
    o.Sx2 = 0.5 * (transverse - real.z);
    o.Sy2 = 0.5 * (transverse + real.z);
    o.Sz2 = z.y;
    o.SxSy = 0.5 * imaginary.z;
    o.SxSz = -imaginary.y;
    o.SySz = -real.y;
    o.j = j;
    o.crssFidelity = select(0.0, fidelity, block == 0u);
    o.crssFidelityAllJ = fidelity;
    o.committor = p;
    recordSample(*walker, o);
  }
  nextSample(walker);
}

/// x^* y
fn joined(x: vec2f, y: vec2f) -> vec2f { return vec2f(dot(x, y), x.x * y.y - x.y * y.x); }
