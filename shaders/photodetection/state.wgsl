// The system that photodetection walks, and the walkers' states in it.

struct Block {          // one j; rows r = j + m, so that (j+m)(j-m+1) = r (dim - r)
  dim: u32,             // 2j + 1
  bound: f32,           // B_j
  longest: f32,         // longest step of one sweep
  shift: f32,           // added to the diagonal of D, whose middle it brings to 0
  same: f32,            // jump rates of |j, m>: same r (dim - r) to j,
  down: f32,            //   down r (r - 1) to j - 1,
  up: f32,              //   up (dim - r)(dim - r + 1) to j + 1; gamma_F and K0, K-, K+ are in these factors
  committor: u32,       // where its committor starts
}

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
