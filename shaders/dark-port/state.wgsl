// A system's dark port in the modes, and the state of this lane's walker. Modes, Columns, lanes, modes and components are
// those of single.wgsl, quad-24.wgsl or quad-48.wgsl. Block, and the order of a block's tables, are declared in
// src/trajectories/dark-port-tables.ts.

/// [block][table][component][row]: the jump operators between modes, rates included, where a Hamiltonian is left it and its ladder of
/// propagators, and the committor
@group(0) @binding(4) var<storage, read> jumps: array<Columns, blockCount * tables * tableSize>;
/// [block][mode]: k_i; then the amplitudes at the start; then [block][mode]: the CRSS in the modes; where a Hamiltonian is left this
/// in two parts, and [row] the cosine and the sine of the angle by which turned axes turn a state's row
@group(0) @binding(5) var<storage, read> modeTable: array<f32, modeNumbers>;
@group(0) @binding(6) var<storage, read> blocks: array<Block, blockCount>;
/// [block][component][row]: the modes in the states |j, m>, m rising; rows padded to whole passes of the lanes
@group(0) @binding(7) var<storage, read> vectors: array<Columns, vectorCount>;
/// [walker][now, at the next jump; where a Hamiltonian is left the two parts of now][mode]
@group(0) @binding(8) var<storage, read_write> amplitudes: array<f32>;

override hasCommittor: bool = false;

const tableSize = components * modes;
/// Modes of less than this share of the weight right before a jump are left out of it.
const negligible = 1e-10;

var<private> now: Modes;       // amplitudes now; normalised right after a jump
var<private> k: Modes;         // decay rates of the block's modes

/// sum_i x_i^2 (1, k_i, k_i^2)
fn weights(x: ptr<private, Modes>) -> vec3f { return laneSum(ownWeights(x)); }
