/** The mean field of the general model: against the master equation, against scans, and against its own symmetries. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { meanField } from '../../../src/experiments/mean-field/mean-field';
import { bistableIntervals, driveUnit, foldedDrives } from '../../../src/mean-field/bistability';
import { bistableInterval, meanFieldBranches } from '../../../src/mean-field/branches';
import {
  type MeanField,
  meanFieldDerivative,
  meanFieldOf,
  ofEquation1,
  scaled,
} from '../../../src/mean-field/equations';
import { GROUND, meanFieldFlow } from '../../../src/mean-field/flow';
import { limitCycle } from '../../../src/mean-field/limit-cycle';
import {
  inputOf,
  meanFieldRates,
  type SystemParameters,
  systemParameters,
} from '../../../src/parameters/system';
import { runExperiment } from '../liouvillian/run-experiment';
import { random } from '../scaling';
import { exactDerivative } from './full-space';

/** Systems of all kinds: each rate is there or not, over three decades or more. */
function systems(
  seed: number,
  count: number,
  atoms: (next: () => number) => number,
  decades = 3,
): SystemParameters[] {
  const next = random(seed);
  const rate = (chance: number) => (next() < chance ? 10 ** (decades * (next() - 0.5)) : 0);
  const signed = (chance: number) => rate(chance) * (next() < 0.5 ? -1 : 1) + 0;
  const made: SystemParameters[] = [];
  while (made.length < count) {
    const input = {
      atoms: atoms(next),
      gamma1d: rate(0.8),
      gammaf: rate(0.7),
      pumping: rate(0.4),
      dephasing: rate(0.3),
      collectivePumping: rate(0.2),
      collectiveDephasing: rate(0.2),
      detuning: signed(0.7),
      collectiveShift: signed(0.5),
      omega: rate(0.9),
    };
    if (
      Object.values(input)
        .slice(1, 7)
        .some((value) => value > 0)
    )
      made.push(systemParameters(input));
  }
  return made;
}
const many = systems(31, 500, (next) => Math.floor(1 + 60 * next()));
const pointsOf = (field: MeanField) => meanFieldBranches(field).filter(({ circling }) => circling === null);
const sizeOf = (field: MeanField) => Object.values(field).reduce((sum, rate) => sum + Math.abs(rate), 0);

test('with Eq. (1) alone it is that of (S18)', () => {
  for (const said of [{}, { atoms: 54, ratio: 15.5, drive: 0.75 }]) {
    const system = systemParameters(said);
    expect(meanFieldOf(system)).toEqual(ofEquation1(meanFieldRates(system), system.omega));
  }
});

test('changes a product of equal atoms as the master equation does', () => {
  const next = random(32);
  for (const system of systems(33, 40, (next) => 1 + Math.floor(3 * next()))) {
    const spin = [1, 2, 3].map(() => (2 * next() - 1) / Math.sqrt(3));
    const field = meanFieldOf(system);
    const exact = exactDerivative(system, spin);
    meanFieldDerivative(field, [spin[0], spin[1], spin[2]]).forEach((value, i) => {
      expect(Math.abs(value - exact[i])).toBeLessThan(1e-14 * sizeOf(field));
    });
  }
});

test('the steady state of one atom is exact', () => {
  for (const system of systems(34, 100, () => 1)) {
    const [{ sx, sy, sz }] = meanFieldBranches(meanFieldOf(system));
    const speed = Math.hypot(...exactDerivative(system, [sx, sy, sz]));
    expect(speed).toBeLessThan(1e-14 * sizeOf(meanFieldOf(system)));
  }
});

describe('the steady states', () => {
  test('stand still, within the range of spins, by rising sz', () => {
    for (const field of many.map(meanFieldOf)) {
      const branches = meanFieldBranches(field);
      expect(branches.map(({ sz }) => sz)).toEqual(branches.map(({ sz }) => sz).sort((a, b) => a - b));
      for (const { sx, sy, sz } of pointsOf(field)) {
        expect(Math.hypot(...meanFieldDerivative(field, [sx, sy, sz]))).toBeLessThan(1e-14 * sizeOf(field));
        expect(Math.hypot(sx, sy, sz)).toBeLessThan(1 + 1e-14);
      }
    }
  });

  test('stand still however far apart the rates are', () => {
    for (const decades of [10, 20])
      for (const system of systems(37, 1000, (next) => 1 + Math.floor(999 * next() ** 3), decades)) {
        const field = meanFieldOf(system);
        const branches = pointsOf(field);
        expect(branches.length > 0).toBe(field.down + field.up + field.omega > 0);
        for (const { sx, sy, sz } of branches) {
          expect(Math.hypot(...meanFieldDerivative(field, [sx, sy, sz]))).toBeLessThan(3e-14 * sizeOf(field));
          expect(Math.hypot(sx, sy, sz)).toBeLessThan(1 + 1e-14);
        }
      }
  });

  test('of a laser that next to nothing drives are next to its circle', () => {
    const laser = { atoms: 30, gamma1d: 1, gammaf: 0.1, pumping: 15 };
    const [circle] = meanFieldBranches(meanFieldOf(systemParameters({ ...laser, omega: 0 })));
    const [locked, middle, dark] = meanFieldBranches(
      meanFieldOf(systemParameters({ ...laser, omega: 1e-12 })),
    );
    expect(locked.sy).toBeCloseTo(-circle.sx, 11);
    expect(middle.sy).toBeCloseTo(circle.sx, 11);
    expect(dark.sy).toBeCloseTo(0, 11);
  });

  test('are all that a scan of sz finds', () => {
    let three = 0;
    const inFolds = many.flatMap((system): MeanField[] => {
      const folded = foldedDrives(system);
      const omega = folded && ((folded.from + folded.to) / 2) * driveUnit(system);
      return omega === null ? [] : [{ ...meanFieldOf(system), omega }];
    });
    for (const field of [...many.map(meanFieldOf), ...inFolds]) {
      const { down, up, Gamma, transverse, detuning, shift, omega } = field;
      // ds_z/dt where the dipole has settled
      const left = (z: number) => {
        const size = ((Gamma * z - transverse) / 2) ** 2 + (detuning + shift * z) ** 2;
        return up - down - (up + down) * z - (2 * transverse * omega ** 2 * z) / size;
      };
      let crossings = 0;
      const points = 4000;
      const signs = Array.from({ length: points }, (_, i) =>
        Math.sign(left(1.0001 * ((2 * i) / (points - 1) - 1))),
      );
      for (let i = 1; i < points; i++) if (signs[i] !== signs[i - 1]) crossings++;
      const found = pointsOf(field).length;
      if (found === 3 && crossings === 3) three++;
      // What lies between two points of the scan may escape it, a pair at a time.
      expect([crossings, crossings + 2]).toContain(found);
    }
    expect(three).toBeGreaterThan(100);
  });

  test('have the eigenvalues of the derivative, differentiated numerically', () => {
    for (const field of many.map(meanFieldOf)) {
      for (const { sx, sy, sz, eigenvalues, stable } of pointsOf(field)) {
        const h = 1e-5;
        const columns = [0, 1, 2].map((i) => {
          const [after, before] = [h, -h].map((off) =>
            meanFieldDerivative(field, [sx, sy, sz].with(i, [sx, sy, sz][i] + off)),
          );
          return after.map((value, k) => (value - before[k]) / (2 * h));
        });
        const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(
          new Matrix(columns).transpose(),
        );
        const sum = (values: readonly number[]) => values.reduce((a, b) => a + b);
        const size = sizeOf(field);
        // Their sum, the sum of their squares and the largest decay or growth tell them.
        expect(Math.abs(sum(eigenvalues.map(({ re }) => re)) - sum(realEigenvalues))).toBeLessThan(
          1e-8 * size,
        );
        const squares = realEigenvalues.map((re, i) => re ** 2 - imaginaryEigenvalues[i] ** 2);
        expect(Math.abs(sum(eigenvalues.map(({ re, im }) => re ** 2 - im ** 2)) - sum(squares))).toBeLessThan(
          1e-8 * size ** 2,
        );
        const product = (values: readonly { re: number; im: number }[]) =>
          values.reduce((a, b) => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re }), {
            re: 1,
            im: 0,
          });
        const numerical = realEigenvalues.map((re, i) => ({ re, im: imaginaryEigenvalues[i] }));
        expect(Math.abs(product(eigenvalues).re - product(numerical).re)).toBeLessThan(1e-8 * size ** 3);
        expect(stable).toBe(eigenvalues.every(({ re }) => re < 0));
      }
    }
  });

  test('the other signs of detuning and shift mirror sx', () => {
    for (const system of many) {
      const mirrored = { ...system, detuning: -system.detuning, collectiveShift: -system.collectiveShift };
      const [some, others] = [system, mirrored].map((of) => pointsOf(meanFieldOf(of)));
      expect(others.map(({ sx, sy, sz, stable }) => [-sx + 0, sy, sz, stable])).toEqual(
        some.map(({ sx, sy, sz, stable }) => [sx, sy, sz, stable]),
      );
    }
  });

  test('know no unit', () => {
    for (const system of many.slice(0, 100)) {
      const unit = 2 ** 300;
      const scaled = systemParameters(
        Object.fromEntries(
          Object.entries(inputOf(system)).map(([name, x]) => [name, name === 'atoms' ? x : x! * unit]),
        ),
      );
      const [some, others] = [system, scaled].map((of) => meanFieldBranches(meanFieldOf(of)));
      expect(others.map(({ sx, sy, sz, stable }) => ({ sx, sy, sz, stable }))).toEqual(
        some.map(({ sx, sy, sz, stable }) => ({ sx, sy, sz, stable })),
      );
      others.forEach(({ eigenvalues, circling }, i) => {
        expect(eigenvalues.map(({ re }) => re / unit)).toEqual(some[i].eigenvalues.map(({ re }) => re));
        expect(circling === null ? null : circling / unit).toBe(some[i].circling);
      });
    }
  });
});

describe('the laser without drive', () => {
  const laser = (pumping: number, more: object = {}) =>
    systemParameters({ atoms: 30, gamma1d: 1, gammaf: 0, omega: 0, pumping, ...more });

  test('above threshold a circle attracts where gain equals loss, below it nothing does but the ground', () => {
    const [circle, dark] = meanFieldBranches(meanFieldOf(laser(15)));
    // s_z = (w + gamma_1D)/((N - 1) gamma_1D), 2 |<sigma_->|^2 (N - 1) gamma_1D = w - gamma_1D - (w + gamma_1D) s_z
    expect(circle.sz).toBeCloseTo(16 / 29, 15);
    expect((29 * circle.sx ** 2) / 2).toBeCloseTo(14 - (16 * 16) / 29, 13);
    expect(circle).toMatchObject({ stable: true, circling: 0, sy: 0 });
    expect(dark).toMatchObject({ sz: 14 / 16, sx: 0, sy: 0, stable: false, circling: null });
    // Too little and too much pumping: 0 < w - 1 - (w + 1)^2/29 fails.
    for (const pumping of [1.1, 28]) {
      const branches = meanFieldBranches(meanFieldOf(laser(pumping)));
      expect(branches.map(({ stable, circling }) => [stable, circling])).toEqual([[true, null]]);
    }
  });

  test('the flow settles on it, and turns as it says', () => {
    const field = meanFieldOf(
      laser(12, { gammaf: 0.5, detuning: 0.4, collectiveShift: 0.3, dephasing: 0.2 }),
    );
    const [circle] = meanFieldBranches(field);
    const [a, b] = [...meanFieldFlow(field, [0.01, 0, 0.5], [40, 40.1])];
    expect(a[2]).toBeCloseTo(circle.sz, 8);
    expect(Math.hypot(a[0], a[1])).toBeCloseTo(circle.sx, 8);
    // u = s_x - i s_y goes as e^(i t circling).
    const turned = Math.atan2(-b[1], b[0]) - Math.atan2(-a[1], a[0]);
    expect(Math.sin(turned - 0.1 * circle.circling!)).toBeCloseTo(0, 7);
    expect(circle.circling).toBeGreaterThan(1);
  });
});

test('dephasing alone keeps every inversion; with a drive it leaves none', () => {
  const dephased = (omega: number) =>
    meanFieldBranches(
      meanFieldOf(systemParameters({ gamma1d: 0, gammaf: 0, dephasing: 1, detuning: 2, omega })),
    );
  expect(dephased(0)).toEqual([]);
  expect(dephased(1)).toMatchObject([{ sx: 0, sy: 0, sz: 0, stable: true }]);
});

describe('the bistable drives', () => {
  test('next to Eq. (1) are those of (S24)', () => {
    for (const ratio of [7, 8.5, 15.5, 40]) {
      const system = systemParameters({ atoms: 60, ratio, drive: 0.5, dephasing: 1e-9, detuning: 1e-9 });
      const expected = bistableInterval(meanFieldRates(system));
      const [found] = bistableIntervals(system);
      if (expected === null) expect(found).toBeUndefined();
      else {
        expect(found.from).toBeCloseTo(expected.from, 6);
        expect(found.to).toBeCloseTo(expected.to, 6);
      }
    }
  });

  test('are those at which two steady states are stable, and the folds where there are three', () => {
    const next = random(35);
    const seen = { bistable: 0, folded: 0 };
    for (const system of many.filter(({ atoms }) => atoms > 1).slice(0, 250)) {
      const [drives, folded, unit] = [bistableIntervals(system), foldedDrives(system), driveUnit(system)];
      if (drives.length > 0) seen.bistable++;
      if (folded !== null) seen.folded++;
      for (let i = 0; i < 12; i++) {
        const drive = (folded === null ? 3 : 1.3 * folded.to) * next();
        const branches = meanFieldBranches({ ...meanFieldOf(system), omega: drive * unit });
        expect(branches.filter(({ stable }) => stable).length > 1).toBe(
          drives.some(({ from, to }) => drive > from && drive < to),
        );
        expect(branches.length === 3).toBe(folded !== null && drive > folded.from && drive < folded.to);
      }
    }
    expect(seen.bistable).toBeGreaterThan(40);
    expect(seen.folded).toBeGreaterThan(seen.bistable);
  });

  test('a shift alone makes bistability too, without an Omega_c', () => {
    const system = systemParameters({
      atoms: 20,
      gamma1d: 0,
      gammaf: 1,
      collectiveShift: -1,
      detuning: -12,
      omega: 1,
    });
    const [interval] = bistableIntervals(system);
    expect(interval.from).toBeGreaterThan(0);
    const { length } = meanFieldBranches({
      ...meanFieldOf(system),
      omega: (interval.from + interval.to) / 2,
    });
    expect(length).toBe(3);
  });
});

describe('limit cycles', () => {
  // A laser that is driven too weakly to be locked.
  const unlocked = { atoms: 30, gamma1d: 1, gammaf: 0.1, pumping: 12, omega: 0.5, detuning: 2 };

  test('the flow comes back after the period', () => {
    const field = meanFieldOf(systemParameters(unlocked));
    const branches = meanFieldBranches(field);
    expect(branches.some(({ stable }) => stable)).toBe(false);
    const { period, sz } = limitCycle(field, branches)!;
    const times = Array.from({ length: 200 }, (_, i) => 40 + (i * period) / 199);
    const spins = [...meanFieldFlow(field, GROUND, times)];
    spins[0].forEach((value, i) => {
      expect(spins[199][i]).toBeCloseTo(value, 5);
    });
    expect(
      Math.max(...spins.slice(1, 150).map((spin) => Math.hypot(...spin.map((x, i) => x - spins[0][i])))),
    ).toBeGreaterThan(0.1);
    const heights = spins.map((spin) => spin[2]);
    expect(Math.min(...heights)).toBeGreaterThan(sz.from - 1e-5);
    expect(Math.max(...heights)).toBeLessThan(sz.to + 1e-5);
    expect(Math.max(...heights)).toBeCloseTo(sz.to, 3);
  });

  test('know no unit', () => {
    const found = [1, 2 ** 200].map((unit) => {
      const field = scaled(meanFieldOf(systemParameters(unlocked)), unit);
      return limitCycle(field, meanFieldBranches(field))!;
    });
    expect(found[1]).toEqual({ ...found[0], period: found[0].period * 2 ** 200 });
  });

  test('are found wherever nothing is stable, or said not to be', async () => {
    const { result, warnings } = await runExperiment(meanField, systemParameters(unlocked));
    expect(result.limitCycle).not.toBeNull();
    expect(warnings).toContainEqual(expect.stringMatching(/it goes round a limit cycle/));
    const locked = await runExperiment(meanField, systemParameters({ ...unlocked, omega: 5 }));
    expect(locked.result.limitCycle).toBeNull();
    expect(locked.result.branches.some(({ stable }) => stable)).toBe(true);
    const undriven = await runExperiment(meanField, systemParameters({ ...unlocked, omega: 0 }));
    expect(undriven.result.limitCycle).toBeNull();
    expect(undriven.result.branches[0].circling).toBeCloseTo(2, 14);
  });
});

test('the command: branches, bistable drives in both units, no squeezing', async () => {
  const system = systemParameters({
    atoms: 18,
    gamma1d: 10,
    gammaf: 1,
    drive: 0.73,
    detuning: 0.5,
    dephasing: 0.2,
  });
  const { result, warnings } = await runExperiment(meanField, system);
  expect(result.branches).toHaveLength(3);
  expect(result.branches.every(({ squeezing, circling }) => squeezing === null && circling === null)).toBe(
    true,
  );
  expect(result.bistableOmega!.from).toBeCloseTo(result.bistable!.from * 42.5, 12);
  expect(warnings).toEqual([expect.stringMatching(/^Squeezing by Eq. \(7\) is left out/)]);
});
