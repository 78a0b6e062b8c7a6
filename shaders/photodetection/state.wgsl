// The system that photodetection walks, and the walkers' states in it. Block is declared in
// src/trajectories/photodetection.ts, Amplitude in real.wgsl and in complex.wgsl.

@group(0) @binding(4) var<storage, read> blocks: array<Block>;
/// [row r][walker]: amplitudes, normalised up to the walker's `scale`
@group(0) @binding(5) var<storage, read_write> psi: array<Amplitude>;
/// the CRSS of every j, block after block from j = N/2 down, each from m = -j up
@group(0) @binding(6) var<storage, read> crss: array<Amplitude>;
/// the committor's elements (r, c <= r) row by row, block after block, off-diagonals twice: psi^+ p psi is their plain sum
@group(0) @binding(7) var<storage, read> committor: array<Amplitude>;

/// A ramp's stretches, in which the drive changes evenly; under a constant drive one, from the start on. Stretch is declared in
/// src/trajectories/drive-stretches.ts.
@group(0) @binding(9) var<uniform> ramp: array<Stretch, stretches>;

override gamma1D: f32 = 1.0;
override gammaF: f32 = 1.0;
/// Whether the collective output makes jumps, and the share of it that is detected.
override jumpsTogether: bool = true;
override efficiency: f32 = 1.0;
/// Whether channels of pumping and dephasing follow those of emission, and their rates.
override hasMoreChannels: bool = false;
override pumping: f32 = 0.0;
override collectivePumping: f32 = 0.0;
override collectiveDephasing: f32 = 0.0;
override walkerCount: u32 = 64u;
override hasCommittor: bool = false;

fn amplitude(walker: u32, r: u32) -> u32 { return r * walkerCount + walker; }
