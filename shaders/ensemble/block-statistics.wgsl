// Mean, M2 = sum (x - mean)^2, least and most of every row of an ensemble's record, over blocks of exactly 256
// trajectories.
//
// A block holds the trajectories 256 b ... 256 b + 255 of the whole ensemble and its sums have a fixed shape (16
// sums of 16), so what leaves the GPU does not depend on how the ensemble was cut into batches.
//
// One invocation a (row, block). Shape and Statistics are declared in src/trajectories/summary.ts.

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> record: array<f32>;               // [row][trajectory]
@group(0) @binding(2) var<storage, read_write> statistics: array<Statistics>;  // [block][row]

const strip = 16u;

@compute @workgroup_size(workgroupSize)
fn summarise(@builtin(global_invocation_id) invocation: vec3u) {
  let row = invocation.x;
  let block = invocation.y;
  if (row >= shape.rows) { return; }
  let first = block * blockSize;
  let count = min(blockSize, shape.trajectories - first);
  let start = row * shape.capacity + first;
  var sum = 0.0;
  var least = record[start];
  var most = least;
  for (var i = 0u; i < count; i += strip) {
    var part = 0.0;
    for (var k = i; k < min(i + strip, count); k++) {
      let x = record[start + k];
      part += x;
      least = min(least, x);
      most = max(most, x);
    }
    sum += part;
  }
  let mean = sum / f32(count);
  var M2 = 0.0;
  for (var i = 0u; i < count; i += strip) {
    var part = 0.0;
    for (var k = i; k < min(i + strip, count); k++) {
      let deviation = record[start + k] - mean;
      part += deviation * deviation;
    }
    M2 += part;
  }
  statistics[block * shape.rows + row] = Statistics(mean, M2, least, most);
}
