import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { expect, test } from 'vitest';
import { momentsOfRho, type SpinMoments } from '../../../src/operators/moments';
import { type SystemParameters, systemParameters } from '../../../src/parameters/system';
import { steadyState } from '../../../src/twin/steady-state';

/** sigma_n on 2^N states: bit n of a state is atom n's excitation. */
function sigma(atoms: number, n: number): Matrix {
  const matrix = Matrix.zeros(2 ** atoms, 2 ** atoms);
  for (let state = 0; state < 2 ** atoms; state++) {
    if (state & (1 << n)) matrix.set(state ^ (1 << n), state, 1);
  }
  return matrix;
}

/** Eq. (1) as it stands, in the paper's axes and with every atom by name, on rho = R + i I: real as 2 x 4^N equations. */
function fullSteadyState(system: SystemParameters): { real: Matrix; imaginary: Matrix; lower: Matrix } {
  const { atoms, gamma1D, gammaF, omega } = system;
  const sigmas = Array.from({ length: atoms }, (_, n) => sigma(atoms, n));
  const lower = sigmas.reduce((sum, s) => Matrix.add(sum, s));
  const hamiltonian = Matrix.add(lower, lower.transpose()).mul(omega);
  const jumps = [
    Matrix.mul(lower, Math.sqrt(gamma1D)),
    ...sigmas.map((s) => Matrix.mul(s, Math.sqrt(gammaF))),
  ];

  const dim = 2 ** atoms;
  const size = dim ** 2;
  const dissipated = (rho: Matrix) =>
    jumps.reduce(
      (sum, jump) => {
        const rate = jump.transpose().mmul(jump);
        const lost = Matrix.add(rate.mmul(rho), rho.mmul(rate)).mul(-1 / 2);
        return sum.add(jump.mmul(rho).mmul(jump.transpose())).add(lost);
      },
      Matrix.zeros(dim, dim),
    );
  const commutator = (rho: Matrix) => Matrix.sub(hamiltonian.mmul(rho), rho.mmul(hamiltonian));
  const generator = Matrix.zeros(2 * size, 2 * size);
  for (let k = 0; k < size; k++) {
    const unit = Matrix.zeros(dim, dim).set(Math.floor(k / dim), k % dim, 1);
    const kept = dissipated(unit).to1DArray();
    const turned = commutator(unit).to1DArray();
    for (let i = 0; i < size; i++) {
      // -i [H, R + i I] = [H, I] - i [H, R].
      generator.set(i, k, kept[i]);
      generator.set(size + i, size + k, kept[i]);
      generator.set(i, size + k, turned[i]);
      generator.set(size + i, k, -turned[i]);
    }
  }
  // i rho_s is a null vector of these equations too: the one of trace 1 is fixed by two more, Tr R = 1 and Tr I = 0.
  const traces = Matrix.zeros(2, 2 * size);
  for (let i = 0; i < dim; i++) traces.set(0, i * (dim + 1), 1).set(1, size + i * (dim + 1), 1);
  const equations = new Matrix([...generator.to2DArray(), ...traces.to2DArray()]);
  const source = Matrix.zeros(2 * size + 2, 1).set(2 * size, 0, 1);
  const solution = new SingularValueDecomposition(equations, { autoTranspose: true })
    .solve(source)
    .to1DArray();
  return {
    real: Matrix.from1DArray(dim, dim, solution.slice(0, size)),
    imaginary: Matrix.from1DArray(dim, dim, solution.slice(size)),
    lower,
  };
}

/** Tr(rho A) by real and imaginary parts: S_y = i (S_- - S_+)/2 is i times a real matrix. */
function fullMoments({ real, imaginary, lower }: ReturnType<typeof fullSteadyState>): SpinMoments {
  const raise = lower.transpose();
  const sx = Matrix.add(raise, lower).mul(1 / 2);
  const minusISy = Matrix.sub(lower, raise).mul(1 / 2);
  const sz = Matrix.sub(raise.mmul(lower), lower.mmul(raise)).mul(1 / 2);
  const realMean = (a: Matrix) => real.mmul(a).trace();
  const anticommutator = Matrix.add(minusISy.mmul(sz), sz.mmul(minusISy)).mul(1 / 2);
  return {
    Sx: realMean(sx),
    Sy: -imaginary.mmul(minusISy).trace(),
    Sz: realMean(sz),
    Sx2: realMean(sx.mmul(sx)),
    Sy2: -realMean(minusISy.mmul(minusISy)),
    ...{ SxSy: 0, SxSz: 0 },
    Sz2: realMean(sz.mmul(sz)),
    SySz: -imaginary.mmul(anticommutator).trace(),
  };
}

test.each([
  [2, { gamma1d: 2, gammaf: 1, omega: 1.6 }],
  [2, { gamma1d: 0.5, gammaf: 3, omega: 0.4 }],
  [3, { gamma1d: 2, gammaf: 1, omega: 1.6 }],
  [3, { gamma1d: 10, gammaf: 1, drive: 0.73 }],
])('N = %i: the pyramid has the moments of the full 2^N space', (atoms, rates) => {
  const system = systemParameters({ atoms, ...rates });
  const { pyramid, rho } = steadyState(system);
  const moments = momentsOfRho(pyramid, rho);
  for (const [name, value] of Object.entries(fullMoments(fullSteadyState(system)))) {
    expect(moments).toHaveProperty(name, expect.closeTo(value, 11));
  }
});
