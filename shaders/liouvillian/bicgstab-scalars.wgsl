#import "liouvillian/bicgstab"

// The scalars of a cycle of BiCGStab(2), each by one workgroup after the pass whose dots it needs: the partial sums of
// all workgroups, [dot][workgroup], are added in a fixed order, whatever order they came in.

override strandCount: u32 = 64;

var<workgroup> strands: array<array<f32, products>, strandCount>;
var<workgroup> totals: array<f32, products>;

/// The sums of all workgroups' partial sums, by one workgroup: a strand for each lane, then in the order of the lanes.
fn total(lane: u32, workgroups: u32, count: u32) {
  for (var d = 0u; d < count; d++) {
    var sum = 0.0;
    for (var w = lane; w < workgroups; w += strandCount) {
      sum += partials[partialsOf(d) + w];
    }
    strands[lane][d] = sum;
  }
  workgroupBarrier();
  if (lane < count) {
    var sum = 0.0;
    for (var i = 0u; i < strandCount; i++) {
      sum += strands[i][lane];
    }
    totals[lane] = sum;
  }
  workgroupBarrier();
}

@compute @workgroup_size(strandCount)
fn finishOverlaps(@builtin(local_invocation_index) lane: u32) {
  total(lane, equation.passWorkgroups, equation.deflations);
  if (lane < equation.deflations) {
    scalars.overlaps[lane] = totals[lane];
  }
}

@compute @workgroup_size(strandCount)
fn finishAlpha(@builtin(local_invocation_index) lane: u32) {
  total(lane, equation.tiles, 1u);
  if (lane == 0u) {
    scalars.alpha = scalars.rho / totals[0];
  }
}

@compute @workgroup_size(strandCount)
fn finishBeta(@builtin(local_invocation_index) lane: u32) {
  total(lane, equation.tiles, 1u);
  if (lane == 0u) {
    scalars.beta = scalars.alpha * totals[0] / scalars.rho;
    scalars.rho = totals[0];
  }
}

/// The g1, g2 that make |r0 - g1 r1 - g2 r2| least, and the scalars of the next cycle.
@compute @workgroup_size(strandCount)
fn finishGram(@builtin(local_invocation_index) lane: u32) {
  total(lane, equation.passWorkgroups, products);
  if (lane == 0u) {
    let g = totals;
    let determinant = g[3] * g[5] - g[4] * g[4];
    let g1 = (g[5] * g[1] - g[4] * g[2]) / determinant;
    let g2 = (g[3] * g[2] - g[4] * g[1]) / determinant;
    let rho = -g2 * scalars.rho;
    let next = g[6] - g1 * g[7] - g2 * g[8];
    scalars.g1 = g1;
    scalars.g2 = g2;
    scalars.beta = scalars.alpha * next / rho;
    scalars.rho = next;
    scalars.residual = max(0.0, g[0] - g1 * g[1] - g2 * g[2]);
  }
}
