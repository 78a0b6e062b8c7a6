// What liouvillian.wgsl and bicgstab.wgsl share: the correction equation's numbers and the scalars of its iteration.

const partialStride = 9u;

struct Equation {
  unknowns: u32,
  deflations: u32,
  // workgroups of the passes over vectors, and of the matvec
  passWorkgroups: u32,
  tiles: u32,
  // theta, sigma and the preconditioner's pole 0.12 max |d|, rates
  theta: f32,
  sigma: f32,
  pole: f32,
}

struct Scalars {
  rho: f32,
  alpha: f32,
  beta: f32,
  g1: f32,
  g2: f32,
  // |r0|^2 after the cycle
  residual: f32,
  // functional_d . (the next matvec's input)
  overlaps: array<f32, 6>,
}
