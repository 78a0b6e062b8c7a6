// The joint histogram of time and <S_z> over an ensemble: at each sample time, how many of the batch's trajectories have
// their <S_z> in each of `bins` equal parts of [-N/2, N/2]. Whole numbers, so batches add up exactly.
//
// One workgroup a sample time; its invocations share out the trajectories. Shape is declared in
// src/trajectories/histogram.ts.

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> record: array<f32>;         // [row][trajectory]
@group(0) @binding(2) var<storage, read_write> histogram: array<u32>;  // [sample time][bin], trajectories

override atoms: u32 = 18u;

const invocations = 64u;

var<workgroup> counts: array<atomic<u32>, bins>;

@compute @workgroup_size(invocations)
fn count(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) invocation: u32) {
  let slot = workgroup.x;
  let start = (slot * shape.stride + shape.row) * shape.capacity;
  for (var i = invocation; i < shape.trajectories; i += invocations) {
    let place = (record[start + i] / f32(atoms) + 0.5) * f32(bins);
    atomicAdd(&counts[u32(clamp(place, 0.0, f32(bins - 1u)))], 1u);
  }
  workgroupBarrier();
  for (var b = invocation; b < bins; b += invocations) { histogram[slot * bins + b] = atomicLoad(&counts[b]); }
}
