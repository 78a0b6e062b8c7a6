#import "philox"
#import "ensemble/ensemble"
#import "photodetection/state"
#import "photodetection/channels"
#import "photodetection/photon-counting"

// Photodetection, Eq. (S16): jumps sqrt(gamma_1D) S_- and the three channels of one atom's emission (same j,
// j -> j-1, j -> j+1), as many of pumping and of dephasing where there is any, and between jumps d psi/dt = D psi,
//
//   D = -Omega (S_+ - S_-) - (gamma_1D/2) S_+ S_- - (gamma_F/2)(N/2 + S_z) - ...        (real gauge),
//
// where the dots are half the rates of the other jumps, and -i h (complex.wgsl; without it, real.wgsl, psi is real).
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
fn evolve(id: u32, block: Block, scale: f32, h: f32, omega: f32) -> Norms {
  let dim = f32(block.dim);
  let drive = h * omega;
  let collective = 0.5 * h * gamma1D;
  let individual = 0.5 * h * gammaF;
  let shift = h * (block.shift - 0.5 * gammaF * (0.5 * f32(atoms + 1u) - 0.5 * dim));
  var norm = 0.0;
  var moments = vec3f();
  var p0: Amplitude; var p1: Amplitude; var p2: Amplitude; var p3: Amplitude; var p4: Amplitude;
  var p5: Amplitude; var p6: Amplitude; var p7: Amplitude; var p8: Amplitude; var p9: Amplitude;
  var p10: Amplitude; var p11: Amplitude; var p12: Amplitude;
  var a0 = 0.0; var a1 = 0.0; var a2 = 0.0; var a3 = 0.0; var a4 = 0.0; var a5 = 0.0; var a6 = 0.0; var a7 = 0.0;
  var a8 = 0.0; var a9 = 0.0; var a10 = 0.0; var a11 = 0.0; var a12 = 0.0;
  var d0: Diagonal; var d1: Diagonal; var d2: Diagonal; var d3: Diagonal; var d4: Diagonal;
  var d5: Diagonal; var d6: Diagonal; var d7: Diagonal; var d8: Diagonal; var d9: Diagonal;
  var d10: Diagonal; var d11: Diagonal; var d12: Diagonal;
  var y12: Pair; var y11: Pair; var y10: Pair; var y9: Pair; var y8: Pair; var y7: Pair;
  var y6: Pair; var y5: Pair; var y4: Pair; var y3: Pair; var y2: Pair;
  for (var s = 0u; s < block.dim + 12u; s++) {
    p12 = p11; p11 = p10; p10 = p9; p9 = p8; p8 = p7; p7 = p6; p6 = p5; p5 = p4; p4 = p3; p3 = p2; p2 = p1;
    p1 = p0; p0 = Amplitude();
    a12 = a11; a11 = a10; a10 = a9; a9 = a8; a8 = a7; a7 = a6; a6 = a5; a5 = a4; a4 = a3; a3 = a2; a2 = a1;
    a1 = a0; a0 = 0.0;
    d12 = d11; d11 = d10; d10 = d9; d9 = d8; d8 = d7; d7 = d6; d6 = d5; d5 = d4; d4 = d3; d3 = d2; d2 = d1;
    d1 = d0; d0 = Diagonal();
    if (s < block.dim) {
      let r = f32(s);
      let lowered = r * (dim - r);
      p0 = scale * psi[amplitude(id, s)];
      a0 = drive * sqrt(lowered);
      var decay = shift - collective * lowered - individual * r;
      if (hasMoreChannels) { decay -= 0.5 * h * moreJumps(dim, r); }
      d0 = diagonalOf(decay, h, block, r);
    }
    let n12 = p1 + (1.0 / 12.0) * (a0 * p0 + drifted(d1, p1) - a1 * p2);
    let n11 = p2 + (1.0 / 11.0) * (a1 * n12 + drifted(d2, y12.x) - a2 * y12.y);
    let n10 = p3 + (1.0 / 10.0) * (a2 * n11 + drifted(d3, y11.x) - a3 * y11.y);
    let n9 = p4 + (1.0 / 9.0) * (a3 * n10 + drifted(d4, y10.x) - a4 * y10.y);
    let n8 = p5 + (1.0 / 8.0) * (a4 * n9 + drifted(d5, y9.x) - a5 * y9.y);
    let n7 = p6 + (1.0 / 7.0) * (a5 * n8 + drifted(d6, y8.x) - a6 * y8.y);
    let n6 = p7 + (1.0 / 6.0) * (a6 * n7 + drifted(d7, y7.x) - a7 * y7.y);
    let n5 = p8 + (1.0 / 5.0) * (a7 * n6 + drifted(d8, y6.x) - a8 * y6.y);
    let n4 = p9 + (1.0 / 4.0) * (a8 * n5 + drifted(d9, y5.x) - a9 * y5.y);
    let n3 = p10 + (1.0 / 3.0) * (a9 * n4 + drifted(d10, y4.x) - a10 * y4.y);
    let n2 = p11 + (1.0 / 2.0) * (a10 * n3 + drifted(d11, y3.x) - a11 * y3.y);
    let n1 = p12 + (a11 * n2 + drifted(d12, y2.x) - a12 * y2.y);
    y12 = Pair(n12, y12.x); y11 = Pair(n11, y11.x); y10 = Pair(n10, y10.x); y9 = Pair(n9, y9.x);
    y8 = Pair(n8, y8.x); y7 = Pair(n7, y7.x); y6 = Pair(n6, y6.x); y5 = Pair(n5, y5.x); y4 = Pair(n4, y4.x);
    y3 = Pair(n3, y3.x); y2 = Pair(n2, y2.x);
    if (s >= 12u) {
      let r = f32(s - 12u);
      let weight = squared(n1);
      psi[amplitude(id, s - 12u)] = n1;
      norm += weight;
      moments += weight * vec3f(r * (dim - r), r * (r - 1.0), (dim - r) * (dim - r + 1.0));
    }
  }
  return Norms(norm, vec4f(select(0.0, gamma1D, jumpsTogether), block.same, block.down, block.up) * moments.xxyz, moments.xxyz);
}

/// The rate of pumping and dephasing from row r, without what is the same in all rows.
fn moreJumps(dim: f32, r: f32) -> f32 {
  let m = r - 0.5 * (dim - 1.0);
  return collectivePumping * (dim - 1.0 - r) * (r + 1.0) - pumping * r + collectiveDephasing * m * m;
}

/// The observables of the walker's state, in one pass over neighbouring amplitudes. S_y = -S_x', the gauge's axis along the
/// mean spin's transverse part on resonance; S_x'^2 + S_y'^2 = j(j+1) - S_z^2, and S_x'^2 - S_y'^2 is the real part of S_-^2.
fn observe(id: u32, b: u32, scale: f32) -> Observables {
  let block = blocks[b];
  let firstOfCrss = b * (atoms + 2u - b);  // the rows of the blocks above: N + 1, N - 1, ...
  let j = 0.5 * f32(block.dim - 1u);
  var first = Amplitude();     // <S_->, its real part <S_x'>
  var second = Amplitude();    // <S_-^2>
  var mixed = Amplitude();     // <S_- S_z + S_z S_->/2
  var mean = 0.0;              // <S_z>
  var square = 0.0;            // <S_z^2>
  var overlap = Amplitude();   // <CRSS|psi>
  var below = Amplitude();     // psi at r - 1
  var twoBelow = Amplitude();  // psi at r - 2, times lower of row r - 1
  for (var r = 0u; r < block.dim; r++) {
    let m = f32(r) - j;
    let here = scale * psi[amplitude(id, r)];
    let lower = sqrt(f32(r * (block.dim - r)));
    let lowered = lower * here;
    let one = joined(below, lowered);
    first += one;
    mixed += one * (m - 0.5);
    second += joined(twoBelow, lowered);
    mean += realPart(joined(here, m * here));
    square += realPart(joined(here, m * m * here));
    overlap += joined(crss[firstOfCrss + r], here);
    twoBelow = lower * below;
    below = here;
  }
  let transverse = j * (j + 1.0) - square;
  let fidelity = squared(overlap);
  var o = Observables();
  o.Sy = -realPart(first);
  o.Sz = mean;
  o.Sx2 = 0.5 * (transverse - realPart(second));
  o.Sy2 = 0.5 * (transverse + realPart(second));
  o.Sz2 = square;
  o.SySz = -realPart(mixed);
  o.j = j;
  o.crssFidelity = select(0.0, fidelity, b == 0u);
  o.crssFidelityAllJ = fidelity;
  o.committor = committed(id, block, scale);
  observeImaginary(&o, first, second, mixed);
  return o;
}

/// psi^+ p psi, p the committor of the block.
fn committed(id: u32, block: Block, scale: f32) -> f32 {
  if (!hasCommittor) { return 0.0; }
  var sum = 0.0;
  var i = block.committor;
  for (var r = 0u; r < block.dim; r++) {
    var row = Amplitude();
    for (var c = 0u; c <= r; c++) {
      row += times(committor[i], psi[amplitude(id, c)]);
      i++;
    }
    sum += realPart(joined(psi[amplitude(id, r)], row));
  }
  return scale * scale * sum;
}

/// Takes |psi_m|^2 into the time average of P_m: row r of the block is m + N/2 = block + r; other m have none.
fn averagePm(id: u32, walker: Walker, block: Block) {
  for (var i = 0u; i <= atoms; i++) {
    let r = i - walker.block;  // wraps round below the block, and is then past its end
    var here = Amplitude();
    if (r < block.dim) { here = walker.scale * psi[amplitude(id, r)]; }
    average(ensemble.rowOfPm + i, walker, squared(here));
  }
}

fn waitForCandidate(walker: ptr<function, Walker>, bits: u32) {
  // Where no state of the block ever jumps, the wait is longer than any run.
  (*walker).untilEvent = -log(uniform01(bits)) / max(blocks[(*walker).block].bound, 1e-30);
}

/// All atoms in the ground state, |N/2, -N/2>.
fn start(id: u32, walker: ptr<function, Walker>) {
  (*walker).block = 0u;
  (*walker).scale = 1.0;
  for (var r = 0u; r <= atoms; r++) { psi[amplitude(id, r)] = select(Amplitude(), unit(), r == 0u); }
  waitForCandidate(walker, draw(walker).y);
  if (delayBins > 0u) { stopBins(id); }
}

/// A candidate: a jump with probability R / B_j, its channel in proportion to |C psi|^2.
fn decide(id: u32, walker: ptr<function, Walker>, block: Block, norms: Norms) {
  let bits = draw(walker);
  let c = norms.channels;
  let upTo = vec4f(c.x, c.x + c.y, c.x + c.y + c.z, c.x + c.y + c.z + c.w);
  let bound = block.bound * norms.total;
  let level = uniform01(bits.x) * bound;
  var channel = allChannels;  // of no jump
  if (level < upTo.w) {
    channel = select(0u, 1u, level >= upTo.x) + select(0u, 1u, level >= upTo.y) + select(0u, 1u, level >= upTo.z);
  }
  var all = upTo.w;
  var left = norms.jumped[min(channel, kinds - 1u)];
  if (hasMoreChannels) {
    let chances = chancesOfMore(id, block);
    for (var c = 0u; c < allChannels - kinds; c++) {
      all += block.more[c] * chances[c];
      if (channel == allChannels && level < all) {
        channel = kinds + c;
        left = chances[c];
      }
    }
  }
  if (!(all <= 1.0001 * bound)) { atomicAdd(&queue.alarms, 1u); }
  if (channel < allChannels) {
    recordJump(id, *walker, block, channel, channel > 0u || uniform01(bits.z) <= efficiency);
    jump(id, walker, block, channel);
    (*walker).scale = inverseSqrt(left);
  }
  waitForCandidate(walker, bits.y);
}

/// Whether the walker has come to where a stretch of the ramp begins.
fn hasBegun(stretch: Stretch, walker: Walker) -> bool {
  return stretch.slot < walker.slot || (stretch.slot == walker.slot && walker.untilSample <= stretch.until);
}

/// The stretch that the walker is in.
fn placeOf(walker: Walker) -> u32 {
  var i = 0u;
  while (i + 1u < stretches && hasBegun(ramp[i + 1u], walker)) { i++; }
  return i;
}

/// One step: to the next sample, the next candidate, the end of a delay bin, of a stretch or of a sweep, whichever is first.
fn step(id: u32, walker: ptr<function, Walker>) {
  let block = blocks[(*walker).block];
  let place = placeOf(*walker);
  let stretch = ramp[place];
  // While the drive changes a step is two sweeps (src/trajectories/drive-stretches.ts).
  let sweeps = select(1u, 2u, stretch.slope != 0.0);
  let longest = select(block.longest, min(2.0 * block.longest, stretch.longest), sweeps == 2u);
  var h = min(min((*walker).untilSample, (*walker).untilEvent), longest);
  if (delayBins > 0u) { h = min(h, stored(left(id))); }
  // A stretch ends where the next begins, to the last bit.
  let next = ramp[min(place + 1u, stretches - 1u)];
  let toNext = (*walker).untilSample - next.until;
  let stretchEnds = place + 1u < stretches && next.slot == (*walker).slot && toNext <= h;
  if (stretchEnds) { h = toNext; }
  let sampleIsDue = h == (*walker).untilSample;
  let candidateIsDue = h == (*walker).untilEvent;
  let since = f32((*walker).slot - stretch.slot) * ensemble.interval + (stretch.until - (*walker).untilSample);
  var norms = Norms();
  for (var i = 0u; i < sweeps; i++) {
    let at = since + h * select(1.0 / 6.0, 5.0 / 6.0, i == 1u);
    norms = evolve(id, block, (*walker).scale, h / f32(sweeps), stretch.omega + stretch.slope * at);
    (*walker).scale = 1.0;
  }
  (*walker).scale = inverseSqrt(norms.total);
  (*walker).untilSample = select((*walker).untilSample - h, next.until, stretchEnds);
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
