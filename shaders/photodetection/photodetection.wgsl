#import "philox"
#import "ensemble/ensemble"
#import "photodetection/state"
#import "photodetection/photon-counting"

// Photodetection, Eq. (S16): jumps sqrt(gamma_1D) S_- and the three channels of one atom's emission (same j,
// j -> j-1, j -> j+1), and between jumps d psi/dt = D psi,
//
//   D = -Omega (S_+ - S_-) - (gamma_1D/2) S_+ S_- - (gamma_F/2)(N/2 + S_z)        (real gauge: psi is real)
//
// Waiting times are exact, by thinning: candidates come at the rate B_j, the largest that the jump rate
// R = |C psi|^2 / |psi|^2 can be in block j, and one at psi is a jump with probability R / B_j. The chance of no
// jump up to t is then |exp(D t) psi|^2, the norm's, and no root is looked for. exp(D h) is a twelfth-order Taylor
// sweep over at most `longest`, chosen so that what it leaves out is below float32's rounding; a multiple of the
// identity is taken off D, which only changes the norm.
//
// One walker an invocation.

/// |psi|^2 and the four channels' |C psi|^2: collective, individual to j, to j - 1, to j + 1.
/// `jumped` is the norm of what `jump` leaves, |C psi|^2 without its rate.
struct Norms { total: f32, channels: vec4f, jumped: vec4f }

/// psi <- exp(D h) psi to twelfth order, y_13 = psi, y_k = psi + (h/k) D y_{k+1}, psi <- y_1, in one sweep: at step s
/// order k works on row s - (13 - k), one row behind order k + 1, so each amplitude is read and written once.
fn evolve(id: u32, block: Block, scale: f32, h: f32) -> Norms {
  let dim = f32(block.dim);
  let drive = h * omega;
  let collective = 0.5 * h * gamma1D;
  let individual = 0.5 * h * gammaF;
  let shift = h * (block.shift - 0.5 * gammaF * (0.5 * f32(atoms + 1u) - 0.5 * dim));
  var norm = 0.0;
  var moments = vec3f();
  var p0 = 0.0; var p1 = 0.0; var p2 = 0.0; var p3 = 0.0; var p4 = 0.0; var p5 = 0.0; var p6 = 0.0; var p7 = 0.0;
  var p8 = 0.0; var p9 = 0.0; var p10 = 0.0; var p11 = 0.0; var p12 = 0.0;
  var a0 = 0.0; var a1 = 0.0; var a2 = 0.0; var a3 = 0.0; var a4 = 0.0; var a5 = 0.0; var a6 = 0.0; var a7 = 0.0;
  var a8 = 0.0; var a9 = 0.0; var a10 = 0.0; var a11 = 0.0; var a12 = 0.0;
  var d0 = 0.0; var d1 = 0.0; var d2 = 0.0; var d3 = 0.0; var d4 = 0.0; var d5 = 0.0; var d6 = 0.0; var d7 = 0.0;
  var d8 = 0.0; var d9 = 0.0; var d10 = 0.0; var d11 = 0.0; var d12 = 0.0;
  var y12 = vec2f(); var y11 = vec2f(); var y10 = vec2f(); var y9 = vec2f(); var y8 = vec2f(); var y7 = vec2f();
  var y6 = vec2f(); var y5 = vec2f(); var y4 = vec2f(); var y3 = vec2f(); var y2 = vec2f();
  for (var s = 0u; s < block.dim + 12u; s++) {
    p12 = p11; p11 = p10; p10 = p9; p9 = p8; p8 = p7; p7 = p6; p6 = p5; p5 = p4; p4 = p3; p3 = p2; p2 = p1;
    p1 = p0; p0 = 0.0;
    a12 = a11; a11 = a10; a10 = a9; a9 = a8; a8 = a7; a7 = a6; a6 = a5; a5 = a4; a4 = a3; a3 = a2; a2 = a1;
    a1 = a0; a0 = 0.0;
    d12 = d11; d11 = d10; d10 = d9; d9 = d8; d8 = d7; d7 = d6; d6 = d5; d5 = d4; d4 = d3; d3 = d2; d2 = d1;
    d1 = d0; d0 = 0.0;
    if (s < block.dim) {
      let r = f32(s);
      let lowered = r * (dim - r);
      p0 = scale * psi[amplitude(id, s)];
      a0 = drive * sqrt(lowered);
      d0 = shift - collective * lowered - individual * r;
    }
    let n12 = p1 + (1.0 / 12.0) * (a0 * p0 + d1 * p1 - a1 * p2);
    let n11 = p2 + (1.0 / 11.0) * (a1 * n12 + d2 * y12.x - a2 * y12.y);
    let n10 = p3 + (1.0 / 10.0) * (a2 * n11 + d3 * y11.x - a3 * y11.y);
    let n9 = p4 + (1.0 / 9.0) * (a3 * n10 + d4 * y10.x - a4 * y10.y);
    let n8 = p5 + (1.0 / 8.0) * (a4 * n9 + d5 * y9.x - a5 * y9.y);
    let n7 = p6 + (1.0 / 7.0) * (a5 * n8 + d6 * y8.x - a6 * y8.y);
    let n6 = p7 + (1.0 / 6.0) * (a6 * n7 + d7 * y7.x - a7 * y7.y);
    let n5 = p8 + (1.0 / 5.0) * (a7 * n6 + d8 * y6.x - a8 * y6.y);
    let n4 = p9 + (1.0 / 4.0) * (a8 * n5 + d9 * y5.x - a9 * y5.y);
    let n3 = p10 + (1.0 / 3.0) * (a9 * n4 + d10 * y4.x - a10 * y4.y);
    let n2 = p11 + (1.0 / 2.0) * (a10 * n3 + d11 * y3.x - a11 * y3.y);
    let n1 = p12 + (a11 * n2 + d12 * y2.x - a12 * y2.y);
    y12 = vec2f(n12, y12.x); y11 = vec2f(n11, y11.x); y10 = vec2f(n10, y10.x); y9 = vec2f(n9, y9.x);
    y8 = vec2f(n8, y8.x); y7 = vec2f(n7, y7.x); y6 = vec2f(n6, y6.x); y5 = vec2f(n5, y5.x); y4 = vec2f(n4, y4.x);
    y3 = vec2f(n3, y3.x); y2 = vec2f(n2, y2.x);
    if (s >= 12u) {
      let r = f32(s - 12u);
      let weight = n1 * n1;
      psi[amplitude(id, s - 12u)] = n1;
      norm += weight;
      moments += weight * vec3f(r * (dim - r), r * (r - 1.0), (dim - r) * (dim - r + 1.0));
    }
  }
  return Norms(norm, vec4f(gamma1D, block.same, block.down, block.up) * moments.xxyz, moments.xxyz);
}

/// The observables of the walker's state, in one pass over neighbouring amplitudes. S_y = -S_x', the gauge's axis along the
/// mean spin's transverse part; S_x'^2 + S_y'^2 = j(j+1) - S_z^2 and S_x'^2 - S_y'^2 = (S_+^2 + S_-^2)/2.
fn observe(id: u32, b: u32, scale: f32) -> Observables {
  let block = blocks[b];
  let firstOfCrss = b * (atoms + 2u - b);  // the rows of the blocks above: N + 1, N - 1, ...
  let j = 0.5 * f32(block.dim - 1u);
  var first = 0.0;          // <S_x'>
  var second = 0.0;         // <S_x'^2 - S_y'^2>
  var mixed = 0.0;          // <S_x' S_z + S_z S_x'>/2
  var mean = 0.0;           // <S_z>
  var square = 0.0;         // <S_z^2>
  var overlap = 0.0;        // <CRSS|psi>
  var below = 0.0;          // psi at r - 1
  var twoBelow = 0.0;       // psi at r - 2, times lower of row r - 1
  for (var r = 0u; r < block.dim; r++) {
    let m = f32(r) - j;
    let here = scale * psi[amplitude(id, r)];
    let lower = sqrt(f32(r * (block.dim - r)));
    let lowered = lower * here;
    first += lowered * below;
    mixed += lowered * below * (m - 0.5);
    second += lowered * twoBelow;
    mean += m * here * here;
    square += m * m * here * here;
    overlap += crss[firstOfCrss + r] * here;
    twoBelow = lower * below;
    below = here;
  }
  let transverse = j * (j + 1.0) - square;
  let fidelity = overlap * overlap;
  return Observables(
    -first, mean, 0.5 * (transverse - second), 0.5 * (transverse + second), square, -mixed, j,
    select(0.0, fidelity, b == 0u), fidelity, committed(id, block, scale));
}

/// psi^T p psi, p the committor of the block.
fn committed(id: u32, block: Block, scale: f32) -> f32 {
  if (!hasCommittor) { return 0.0; }
  var sum = 0.0;
  var i = block.committor;
  for (var r = 0u; r < block.dim; r++) {
    var row = 0.0;
    for (var c = 0u; c <= r; c++) {
      row += committor[i] * psi[amplitude(id, c)];
      i++;
    }
    sum += row * psi[amplitude(id, r)];
  }
  return scale * scale * sum;
}

/// Takes |psi_m|^2 into the time average of P_m: row r of the block is m + N/2 = block + r; other m have none.
fn averagePm(id: u32, walker: Walker, block: Block) {
  for (var i = 0u; i <= atoms; i++) {
    let r = i - walker.block;  // wraps round below the block, and is then past its end
    var here = 0.0;
    if (r < block.dim) { here = walker.scale * psi[amplitude(id, r)]; }
    average(ensemble.rowOfPm + i, walker, here * here);
  }
}

/// psi <- C psi for one channel: its amplitudes are the roots of its rates. In place, rows in rising order, since no
/// channel raises the row: to row r - 1 in the same j, r - 2 in j - 1, r in j + 1.
fn jump(id: u32, walker: ptr<function, Walker>, block: Block, channel: u32) {
  let lowersRowBy = array<u32, 4>(1u, 1u, 2u, 0u)[channel];
  let above = select(0u, 2u, channel == 3u);  // rows that only the new block has
  for (var r = lowersRowBy; r < block.dim; r++) {
    let q = block.dim - r;
    let rate = array<u32, 4>(r * q, r * q, r * (r - 1u), q * (q + 1u))[channel];
    psi[amplitude(id, r - lowersRowBy)] = sqrt(f32(rate)) * psi[amplitude(id, r)];
  }
  for (var r = block.dim - lowersRowBy; r < block.dim + above; r++) { psi[amplitude(id, r)] = 0.0; }
  if (channel == 2u) { (*walker).block++; }
  if (channel == 3u) { (*walker).block--; }
}

fn waitForCandidate(walker: ptr<function, Walker>, bits: u32) {
  // Where no state of the block ever jumps, the wait is longer than any run.
  (*walker).untilEvent = -log(uniform01(bits)) / max(blocks[(*walker).block].bound, 1e-30);
}

/// All atoms in the ground state, |N/2, -N/2>.
fn start(id: u32, walker: ptr<function, Walker>) {
  (*walker).block = 0u;
  (*walker).scale = 1.0;
  for (var r = 0u; r <= atoms; r++) { psi[amplitude(id, r)] = select(0.0, 1.0, r == 0u); }
  waitForCandidate(walker, draw(walker).y);
  if (delayBins > 0u) { stopBins(id); }
}

/// A candidate: a jump with probability R / B_j, its channel in proportion to |C psi|^2.
fn decide(id: u32, walker: ptr<function, Walker>, block: Block, norms: Norms) {
  let bits = draw(walker);
  let c = norms.channels;
  let upTo = vec4f(c.x, c.x + c.y, c.x + c.y + c.z, c.x + c.y + c.z + c.w);
  let bound = block.bound * norms.total;
  if (!(upTo.w <= 1.0001 * bound)) { atomicAdd(&queue.alarms, 1u); }
  let level = uniform01(bits.x) * bound;
  if (level < upTo.w) {
    let channel = select(0u, 1u, level >= upTo.x) + select(0u, 1u, level >= upTo.y) + select(0u, 1u, level >= upTo.z);
    recordJump(id, *walker, block, channel);
    jump(id, walker, block, channel);
    (*walker).scale = inverseSqrt(norms.jumped[channel]);
  }
  waitForCandidate(walker, bits.y);
}

/// One step: to the next sample, the next candidate, the end of a delay bin or of a sweep, whichever is first.
fn step(id: u32, walker: ptr<function, Walker>) {
  let block = blocks[(*walker).block];
  var h = min(min((*walker).untilSample, (*walker).untilEvent), block.longest);
  if (delayBins > 0u) { h = min(h, stored(left(id))); }
  let sampleIsDue = h == (*walker).untilSample;
  let candidateIsDue = h == (*walker).untilEvent;
  let norms = evolve(id, block, (*walker).scale, h);
  (*walker).scale = inverseSqrt(norms.total);
  (*walker).untilSample -= h;
  (*walker).untilEvent -= h;
  if (delayBins > 0u) { passBins(id, (*walker).trajectory, h, norms.channels.x / norms.total); }
  if (sampleIsDue) {
    if (delayBins > 0u && (*walker).slot == ensemble.burnInSlots) { startBins(id); }
    if (averaged((*walker).slot)) {
      averagePm(id, *walker, block);
      averagePj(*walker, 0u, 1u);
    }
    recordSample(*walker, observe(id, (*walker).block, (*walker).scale));
    nextSample(walker);
  }
  if (candidateIsDue) { decide(id, walker, block, norms); }
}

@compute @workgroup_size(workgroupSize)
fn walk(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.x;
  if (id >= walkerCount) { return; }
  var walker = walkers[id];
  for (var i = 0u; i < ensemble.steps; i++) {
    if (isFree(walker)) {
      if (!begin(&walker, nextTrajectory(walker))) { break; }
      start(id, &walker);
    }
    step(id, &walker);
    walker.steps++;
  }
  walkers[id] = walker;
}
