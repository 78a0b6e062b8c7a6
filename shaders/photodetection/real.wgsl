#import "photodetection/photodetection"

// Amplitudes on resonance and without a collective shift, where all are real (real gauge).

alias Amplitude = f32;
/// two amplitudes
alias Pair = vec2f;
/// of h times an element of D on the diagonal
alias Diagonal = f32;

fn diagonalOf(decay: f32, h: f32, block: Block, r: f32) -> Diagonal { return decay; }
fn drifted(d: Diagonal, x: Amplitude) -> Amplitude { return d * x; }
fn unit() -> Amplitude { return 1.0; }
fn squared(x: Amplitude) -> f32 { return x * x; }
fn realPart(x: Amplitude) -> f32 { return x; }
fn times(x: Amplitude, y: Amplitude) -> Amplitude { return x * y; }
/// x^* y
fn joined(x: Amplitude, y: Amplitude) -> Amplitude { return x * y; }
fn observeImaginary(o: ptr<function, Observables>, first: Amplitude, second: Amplitude, mixed: Amplitude) {}
