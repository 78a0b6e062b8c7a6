// Photon counts in windows of several lengths. A window of length w joins w sampling intervals after the burn-in; of each
// trajectory's windows, side by side from the burn-in on, the mean count and the variance about it are taken.
//
// One invocation a (trajectory, window length, kind of photon). Shape is declared in src/trajectories/photon-windows.ts.

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> lengths: array<u32>;             // in sampling intervals
@group(0) @binding(2) var<storage, read_write> record: array<f32>;        // [row][trajectory]

fn countIn(trajectory: u32, row: u32, length: u32) -> f32 {
  var sum = 0.0;
  for (var i = 0u; i < length; i++) { sum += record[(row + i) * shape.capacity + trajectory]; }
  return sum;
}

@compute @workgroup_size(workgroupSize)
fn meanAndVariance(@builtin(global_invocation_id) invocation: vec3u) {
  let trajectory = invocation.x;
  if (trajectory >= shape.trajectories) { return; }
  let length = lengths[invocation.y];
  let kind = invocation.z;
  let first = shape.counts + kind * shape.intervals;
  let windows = shape.intervals / length;
  let mean = countIn(trajectory, first, windows * length) / f32(windows);
  var squares = 0.0;
  for (var w = 0u; w < windows; w++) {
    let deviation = countIn(trajectory, first + w * length, length) - mean;
    squares += deviation * deviation;
  }
  let row = shape.windows + 2u * (kind * shape.lengths + invocation.y);
  record[row * shape.capacity + trajectory] = mean;
  record[(row + 1u) * shape.capacity + trajectory] = squares / f32(windows);
}
