// One cycle of BiCGStab(2) (Sleijpen and Fokkema 1993), left-preconditioned, in fused passes over the vectors. Scalars stay on the GPU; each pass
// ends with partial sums by workgroup, from which the passes of bicgstab-scalars.wgsl take the next scalars.
//
//   close    x += g1 r0 + g2 r1; r0 -= g1 r1 + g2 r2; u0 -= g1 u1 + g2 u2      (end of the cycle before)
//            u0 = r0 - beta u0                                                 dots functional_d . u0
//   A        u1 = A u0                                                         dot shadow . u1 -> alpha
//   first    r0 -= alpha u1; x += alpha u0                                     dots functional_d . r0
//   A        r1 = A r0                                                         dot shadow . r1 -> beta
//   second   u0 = r0 - beta u0; u1 = r1 - beta u1                              dots functional_d . u1
//   A        u2 = A u1                                                         dot shadow . u2 -> alpha
//   third    r0 -= alpha u1; r1 -= alpha u2; x += alpha u0                     dots functional_d . r1
//   A        r2 = A r1
//   gram     the six products among r0, r1, r2, and those with the shadow -> g1, g2, rho, beta, |r0|^2
//
// vectors, equationVectors, partials and what is declared for them as in liouvillian.wgsl; an invocation owns `perInvocation` elements, 64 apart.

override perInvocation: u32 = 16;

@group(0) @binding(0) var<uniform> equation: Equation;
@group(0) @binding(1) var<storage, read_write> vectors: array<f32>;
@group(0) @binding(2) var<storage, read> equationVectors: array<f32>;
@group(0) @binding(3) var<storage, read_write> scalars: Scalars;
@group(0) @binding(4) var<storage, read_write> partials: array<f32>;

var<workgroup> share: array<array<f32, products>, workgroupSize>;

fn at(slot: u32, i: u32) -> u32 {
  return slot * equation.unknowns + i;
}

/// Adds to the dots of a vector with the functionals what its element i, of this value, has in them.
fn weigh(dots: ptr<function, array<f32, products>>, i: u32, value: f32) {
  for (var d = 0u; d < equation.deflations; d++) {
    (*dots)[d] += equationVectors[(1u + equation.deflations + d) * equation.unknowns + i] * value;
  }
}

struct Invocation {
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_index) lane: u32,
}

fn workgroupOf(invocation: Invocation) -> u32 {
  return invocation.workgroup.x + invocation.workgroup.y * invocation.grid.x;
}

fn elementOf(invocation: Invocation, k: u32) -> u32 {
  return (workgroupOf(invocation) * perInvocation + k) * workgroupSize + invocation.lane;
}

/// Adds what the invocations of a workgroup hold, in the order of their lanes, and leaves it as the workgroup's partial sums.
fn reduce(invocation: Invocation, sums: array<f32, products>, count: u32) {
  let lane = invocation.lane;
  share[lane] = sums;
  workgroupBarrier();
  if (lane < count) {
    var sum = 0.0;
    for (var i = 0u; i < workgroupSize; i++) {
      sum += share[i][lane];
    }
    partials[partialsOf(lane) + workgroupOf(invocation)] = sum;
  }
}

/// Where the partial sums of dot d begin.
fn partialsOf(d: u32) -> u32 {
  return d * (arrayLength(&partials) / products);
}

@compute @workgroup_size(workgroupSize)
fn close(invocation: Invocation) {
  let g1 = scalars.g1;
  let g2 = scalars.g2;
  var dots: array<f32, products>;
  for (var k = 0u; k < perInvocation; k++) {
    let i = elementOf(invocation, k);
    if (i < equation.unknowns) {
      let r0 = vectors[at(R0, i)];
      let r1 = vectors[at(R1, i)];
      vectors[at(X, i)] += g1 * r0 + g2 * r1;
      let r = r0 - g1 * r1 - g2 * vectors[at(R2, i)];
      vectors[at(R0, i)] = r;
      let u = vectors[at(U0, i)] - g1 * vectors[at(U1, i)] - g2 * vectors[at(U2, i)];
      let next = r - scalars.beta * u;
      vectors[at(U0, i)] = next;
      weigh(&dots, i, next);
    }
  }
  reduce(invocation, dots, equation.deflations);
}

@compute @workgroup_size(workgroupSize)
fn first(invocation: Invocation) {
  let alpha = scalars.alpha;
  var dots: array<f32, products>;
  for (var k = 0u; k < perInvocation; k++) {
    let i = elementOf(invocation, k);
    if (i < equation.unknowns) {
      let r = vectors[at(R0, i)] - alpha * vectors[at(U1, i)];
      vectors[at(R0, i)] = r;
      vectors[at(X, i)] += alpha * vectors[at(U0, i)];
      weigh(&dots, i, r);
    }
  }
  reduce(invocation, dots, equation.deflations);
}

@compute @workgroup_size(workgroupSize)
fn second(invocation: Invocation) {
  let beta = scalars.beta;
  var dots: array<f32, products>;
  for (var k = 0u; k < perInvocation; k++) {
    let i = elementOf(invocation, k);
    if (i < equation.unknowns) {
      vectors[at(U0, i)] = vectors[at(R0, i)] - beta * vectors[at(U0, i)];
      let u = vectors[at(R1, i)] - beta * vectors[at(U1, i)];
      vectors[at(U1, i)] = u;
      weigh(&dots, i, u);
    }
  }
  reduce(invocation, dots, equation.deflations);
}

@compute @workgroup_size(workgroupSize)
fn third(invocation: Invocation) {
  let alpha = scalars.alpha;
  var dots: array<f32, products>;
  for (var k = 0u; k < perInvocation; k++) {
    let i = elementOf(invocation, k);
    if (i < equation.unknowns) {
      vectors[at(R0, i)] -= alpha * vectors[at(U1, i)];
      let r = vectors[at(R1, i)] - alpha * vectors[at(U2, i)];
      vectors[at(R1, i)] = r;
      vectors[at(X, i)] += alpha * vectors[at(U0, i)];
      weigh(&dots, i, r);
    }
  }
  reduce(invocation, dots, equation.deflations);
}

@compute @workgroup_size(workgroupSize)
fn gram(invocation: Invocation) {
  var dots: array<f32, products>;
  for (var k = 0u; k < perInvocation; k++) {
    let i = elementOf(invocation, k);
    if (i < equation.unknowns) {
      let r0 = vectors[at(R0, i)];
      let r1 = vectors[at(R1, i)];
      let r2 = vectors[at(R2, i)];
      let shadow = equationVectors[i];
      dots[0] += r0 * r0;
      dots[1] += r0 * r1;
      dots[2] += r0 * r2;
      dots[3] += r1 * r1;
      dots[4] += r1 * r2;
      dots[5] += r2 * r2;
      dots[6] += shadow * r0;
      dots[7] += shadow * r1;
      dots[8] += shadow * r2;
    }
  }
  reduce(invocation, dots, products);
}

/// best = x as `close` will make it
@compute @workgroup_size(workgroupSize)
fn keep(invocation: Invocation) {
  for (var k = 0u; k < perInvocation; k++) {
    let i = elementOf(invocation, k);
    if (i < equation.unknowns) {
      vectors[at(BEST, i)] = vectors[at(X, i)] + scalars.g1 * vectors[at(R0, i)] + scalars.g2 * vectors[at(R1, i)];
    }
  }
}
