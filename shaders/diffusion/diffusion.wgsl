#import "philox"
#import "ensemble/ensemble"
#import "photodetection/complex"

// Homodyne and heterodyne detection of the collective output. With a = sqrt(gamma_1D) S_- the state obeys
//
//   d psi = (D dt + sum_k c_k dY_k) psi,   dY_k = <c_k + c_k^+> dt + dW_k,
//
// up to its norm, c = exp(-i phase) a, or two of them sqrt(1/2) as large a quarter turn apart. All other jumps, and the
// times of their candidates, are those of photodetection, whose D holds the decay by all channels.
//
// A step is exp(D h/2) A exp(D h/2), A = exp(sum_k c_k Y_k - c_k^2 h/2) what the light's record alone does to the state,
// in powers of b = a - <a> up to the third, and Y Gaussian with its mean and covariance right to order h^2. Nothing of it
// depends on the efficiency: what is lost is measured, too, in the same quadratures, so that Y sqrt(efficiency) and as
// much vacuum as is lacking are what is recorded.
//
// One walker an invocation.

override isHeterodyne: bool = false;
/// sqrt(gamma_1D), and exp(-i phase) by which the real gauge's S_- is the recorded quadrature's, or the first of two.
override strength: f32 = 1.0;
override turnRe: f32 = 1.0;
override turnIm: f32 = 0.0;

/// Y since the last sample, of both quadratures, and the time by which psi is still to be taken on by D alone.
struct Record { Y: vec2f, owed: f32 }

/// |psi|^2; and in the state <a>, <a^2>, <a^+ a^2> and <a^+ a>.
struct Light { weight: f32, a: Amplitude, square: Amplitude, cube: Amplitude, photons: f32 }

/// sqrt((r + 1)(dim - r - 1)), of S_- into row r; 0 into the last.
fn lowering(block: Block, r: u32) -> f32 {
  return sqrt(f32((r + 1u) * (block.dim - 1u - min(r, block.dim - 1u))));
}

/// psi in a row, 0 beyond the last.
fn stateAt(id: u32, block: Block, r: u32) -> Amplitude {
  if (r < block.dim) { return psi[amplitude(id, r)]; }
  return Amplitude();
}

fn look(id: u32, block: Block) -> Light {
  var light = Light();
  var here = stateAt(id, block, 0u);
  var above = stateAt(id, block, 1u);
  var low = lowering(block, 0u);
  for (var r = 0u; r < block.dim; r++) {
    let next = stateAt(id, block, r + 2u);
    let lowNext = lowering(block, r + 1u);
    let once = low * above;              // S_- psi
    let twice = low * lowNext * next;    // S_-^2 psi
    light.weight += squared(here);
    light.photons += squared(once);
    light.a += joined(here, once);
    light.square += joined(here, twice);
    light.cube += joined(once, twice);
    here = above;
    above = next;
    low = lowNext;
  }
  let one = strength / light.weight;
  light.a *= one;
  light.photons *= strength * one;
  light.square *= strength * one;
  light.cube *= strength * strength * one;
  return light;
}

/// psi <- sum_k f_k S_-^k psi, in place: a row takes what lies above it.
fn raiseBy(id: u32, block: Block, f0: Amplitude, f1: Amplitude, f2: Amplitude, f3: Amplitude) {
  var x0 = stateAt(id, block, 0u);
  var x1 = stateAt(id, block, 1u);
  var x2 = stateAt(id, block, 2u);
  var low0 = lowering(block, 0u);
  var low1 = lowering(block, 1u);
  for (var r = 0u; r < block.dim; r++) {
    let x3 = stateAt(id, block, r + 3u);
    let low2 = lowering(block, r + 2u);
    let once = low0 * x1;
    let twice = low0 * low1 * x2;
    let thrice = low0 * low1 * low2 * x3;
    psi[amplitude(id, r)] = times(f0, x0) + times(f1, once) + times(f2, twice) + times(f3, thrice);
    x0 = x1;
    x1 = x2;
    x2 = x3;
    low0 = low1;
    low1 = low2;
  }
}

/// A over the time h: makes Y of the normal numbers, and changes psi, whose norm is 1 then before the noise.
fn detect(id: u32, block: Block, h: f32, normal: vec2f) -> vec2f {
  let light = look(id, block);
  // Of c without the root of 1/2: its mean, that of its square, and <a^+ a c>.
  let u = vec2f(turnRe, turnIm);
  let u2 = times(u, u);
  let b = times(u, light.a);
  let pair = times(u2, light.square);
  let after = times(u, light.cube);
  let root = sqrt(h);
  var Y = vec2f();
  var z: Amplitude;          // what a is multiplied by in the exponent,
  var s = Amplitude();       // and a^2 by -1/2
  if (isHeterodyne) {
    let x = sqrt(2.0) * b;
    let slope = sqrt(2.0) * after - light.photons * x;
    let across = pair.y - x.x * x.y;
    let variance = vec2f(light.photons + pair.x, light.photons - pair.x) - x * x;
    Y = h * (x + 0.5 * h * slope) + root * (normal + 0.5 * h * (variance * normal + across * normal.yx));
    z = sqrt(0.5) * times(u, vec2f(Y.x, -Y.y));
  } else {
    let x = 2.0 * b.x;
    let slope = 2.0 * after.x - light.photons * x;
    let variance = 2.0 * (pair.x + light.photons) - x * x;
    Y.x = h * (x + 0.5 * h * slope) + root * (1.0 + 0.5 * h * variance) * normal.x;
    z = Y.x * u;
    s = h * u2;
  }
  // exp(z b - s b^2/2), b = a - <a>, by powers of a.
  z -= times(s, light.a);
  let z2 = times(z, z);
  let e2 = 0.5 * (z2 - s);
  let e3 = (1.0 / 6.0) * times(z, z2 - 3.0 * s);
  let m = -light.a;
  let m2 = times(m, m);
  let m3 = times(m2, m);
  let scale = inverseSqrt(light.weight);
  let f0 = vec2f(1.0, 0.0) + times(z, m) + times(e2, m2) + times(e3, m3);
  let f1 = z + 2.0 * times(e2, m) + 3.0 * times(e3, m2);
  let f2 = e2 + 3.0 * times(e3, m);
  let g = strength;
  raiseBy(id, block, scale * f0, scale * g * f1, scale * g * g * f2, scale * g * g * g * e3);
  return Y;
}

/// Two normal numbers from two words. Sine and cosine by their series: those of the language may be off by 5e-4.
fn normals(bits: vec2u) -> vec2f {
  let radius = sqrt(-2.0 * log(uniform01(bits.x)));
  let quarters = 4.0 * uniform01(bits.y);
  let quadrant = round(quarters);
  let x = 1.5707963267948966 * (quarters - quadrant);
  let q = x * x;
  let c = 1.0 + q * (-0.5 + q * (1.0 / 24.0 + q * (-1.0 / 720.0 + q / 40320.0)));
  let s = x * (1.0 + q * (-1.0 / 6.0 + q * (1.0 / 120.0 + q * (-1.0 / 5040.0 + q / 362880.0))));
  switch u32(quadrant) % 4u {
    case 1u: { return radius * vec2f(-s, c); }
    case 2u: { return radius * vec2f(-c, -s); }
    case 3u: { return radius * vec2f(s, -c); }
    default: { return radius * vec2f(c, s); }
  }
}

/// The means of the currents since the last sample.
fn currents(walker: Walker, Y: vec2f) -> vec2f {
  let slot = walker.slot;
  if (slot == 0u) { return vec2f(); }
  let bits = philox(vec4u(slot, 1u, trajectoryWords(walker)), ensemble.seed);
  let vacuum = sqrt((1.0 - efficiency) / ensemble.interval) * normals(bits.xy);
  return (sqrt(efficiency) / ensemble.interval) * Y + vacuum;
}

fn storedRecord(id: u32) -> Record {
  let Y = vec2f(stored(3u * id), stored(3u * id + 1u));
  return Record(Y, stored(3u * id + 2u));
}

fn storeRecord(id: u32, record: Record) {
  store(3u * id, record.Y.x);
  store(3u * id + 1u, record.Y.y);
  store(3u * id + 2u, record.owed);
}

/// One step: to the next sample, the next candidate, or as far as one goes, whichever is first.
fn stepOfDiffusion(id: u32, walker: ptr<function, Walker>, light: ptr<function, Record>) {
  let block = blocks[(*walker).block];
  let h = min(min((*walker).untilSample, (*walker).untilEvent), block.longest);
  let sampleIsDue = h == (*walker).untilSample;
  let candidateIsDue = h == (*walker).untilEvent;
  if (h > 0.0) {
    evolve(id, block, (*walker).scale, (*light).owed + 0.5 * h, ramp[0].omega);
    let bits = draw(walker);
    (*light).Y += detect(id, block, h, normals(bits.xy));
    (*light).owed = 0.5 * h;
    (*walker).scale = 1.0;
  }
  (*walker).untilSample -= h;
  (*walker).untilEvent -= h;
  if (!sampleIsDue && !candidateIsDue) { return; }
  let norms = evolve(id, block, (*walker).scale, (*light).owed, ramp[0].omega);
  (*light).owed = 0.0;
  (*walker).scale = inverseSqrt(norms.total);
  if (!(norms.total > 0.0)) { atomicAdd(&queue.alarms, 1u); }
  if (sampleIsDue) {
    if (averaged((*walker).slot)) {
      averagePm(id, *walker, block);
      averagePj(*walker, 0u, 1u);
    }
    var o = observe(id, (*walker).block, (*walker).scale);
    observeCurrents(&o, currents(*walker, (*light).Y));
    recordSample(*walker, o);
    nextSample(walker);
    (*light).Y = vec2f();
  }
  if (candidateIsDue) { decide(id, walker, block, norms); }
}

@compute @workgroup_size(workgroupSize)
fn walkDiffusion(@builtin(global_invocation_id) invocation: vec3u) {
  let id = invocation.x;
  if (id >= walkerCount) { return; }
  var walker = walkers[id];
  var light = storedRecord(id);
  for (var i = 0u; i < ensemble.steps; i++) {
    if (isFree(walker)) {
      if (!begin(&walker, nextTrajectory(walker))) { break; }
      start(id, &walker);
      light = Record();
    }
    stepOfDiffusion(id, &walker, &light);
    walker.steps++;
  }
  walkers[id] = walker;
  storeRecord(id, light);
}
