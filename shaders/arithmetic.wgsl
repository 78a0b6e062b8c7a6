#import "philox"

// The float32 operations that the kernels stand on, each on many arguments: what this adapter makes of them is
// compared on the host with float64.
//
// One invocation an argument pair.

override pairs: u32 = 1024u;

@group(0) @binding(0) var<storage, read> arguments: array<vec2f>;             // [pair]
@group(0) @binding(1) var<storage, read_write> results: array<f32>;           // [operation][pair]
@group(0) @binding(2) var<storage, read> counters: array<vec4u>;              // [2 i]: counter, [2 i + 1]: key
@group(0) @binding(3) var<storage, read_write> blocks: array<vec4u>;          // [i]: Philox's answer

@compute @workgroup_size(64)
fn operate(@builtin(global_invocation_id) invocation: vec3u) {
  let i = invocation.x;
  if (i < arrayLength(&blocks)) { blocks[i] = philox(counters[2u * i], counters[2u * i + 1u].xy); }
  if (i >= pairs) { return; }
  let x = arguments[i].x;
  let y = arguments[i].y;
  results[i] = x + y;
  results[pairs + i] = x * y;
  results[2u * pairs + i] = x / y;
  results[3u * pairs + i] = sqrt(x);
  results[4u * pairs + i] = inverseSqrt(x);
  results[5u * pairs + i] = exp(-x);
  results[6u * pairs + i] = log(x);
}
