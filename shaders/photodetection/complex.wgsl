#import "photodetection/photodetection"

// Amplitudes off resonance and with a collective shift, where they are complex: h = -delta S_z + Delta S_+ S_- turns each by itself.

override detuning: f32 = 0.0;
override collectiveShift: f32 = 0.0;

alias Amplitude = vec2f;
/// two amplitudes
struct Pair { x: Amplitude, y: Amplitude }
/// of h times an element of D on the diagonal
alias Diagonal = vec2f;

fn diagonalOf(decay: f32, h: f32, block: Block, r: f32) -> Diagonal {
  let dim = f32(block.dim);
  let energy = collectiveShift * r * (dim - r) - detuning * (r - 0.5 * (dim - 1.0)) - block.middle;
  return vec2f(decay, -h * energy);
}
fn drifted(d: Diagonal, x: Amplitude) -> Amplitude { return times(d, x); }
fn unit() -> Amplitude { return vec2f(1.0, 0.0); }
fn squared(x: Amplitude) -> f32 { return dot(x, x); }
fn realPart(x: Amplitude) -> f32 { return x.x; }
fn times(x: Amplitude, y: Amplitude) -> Amplitude { return vec2f(x.x * y.x - x.y * y.y, x.x * y.y + x.y * y.x); }
/// x^* y
fn joined(x: Amplitude, y: Amplitude) -> Amplitude { return vec2f(x.x * y.x + x.y * y.y, x.x * y.y - x.y * y.x); }

/// Those with S_x = S_y': S_-^2 = S_x'^2 - S_y'^2 - i (S_x' S_y' + S_y' S_x').
fn observeImaginary(o: ptr<function, Observables>, first: Amplitude, second: Amplitude, mixed: Amplitude) {
  (*o).Sx = -first.y;
  (*o).SxSy = 0.5 * second.y;
  (*o).SxSz = -mixed.y;
}
