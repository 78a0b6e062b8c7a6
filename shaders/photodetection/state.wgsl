// The system that photodetection walks, and the walkers' states in it. Block is declared in
// src/trajectories/photodetection.ts.

@group(0) @binding(4) var<storage, read> blocks: array<Block>;
/// [row r][walker]: real amplitudes, normalised up to the walker's `scale`
@group(0) @binding(5) var<storage, read_write> psi: array<f32>;
/// the CRSS of every j, block after block from j = N/2 down, each from m = -j up
@group(0) @binding(6) var<storage, read> crss: array<f32>;
/// the committor's elements (r, c <= r) row by row, block after block, off-diagonals twice: psi^T p psi is their plain sum
@group(0) @binding(7) var<storage, read> committor: array<f32>;

override omega: f32 = 1.0;
override gamma1D: f32 = 1.0;
override gammaF: f32 = 1.0;
override walkerCount: u32 = 64u;
override hasCommittor: bool = false;

fn amplitude(walker: u32, r: u32) -> u32 { return r * walkerCount + walker; }
