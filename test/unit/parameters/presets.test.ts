import { expect, test } from 'vitest';
import { PRESETS, type Preset } from '../../../src/parameters/presets';
import { meanFieldRates, systemParameters } from '../../../src/parameters/system';

const figures: [string, Preset][] = Object.entries(PRESETS);

test.each(figures)('figure %s runs, at every value of its sweep', (_, { system, sweep }) => {
  for (const atoms of sweep?.atoms ?? [system.atoms]) {
    for (const ratio of sweep?.ratio ?? [system.ratio]) {
      for (const drive of sweep?.drive ? [sweep.drive.from, sweep.drive.to] : [system.drive]) {
        expect(() => systemParameters({ ...system, atoms, ratio, drive })).not.toThrow();
      }
    }
  }
});

test.each([
  ['1b', 15],
  ['2b', 15.5],
  ['S1', 50],
  ['S2', 20],
  ['S3', 15.5],
] as const)('figure %s has Gamma/gamma = %f', (figure, ratio) => {
  const { gamma, Gamma } = meanFieldRates(systemParameters(PRESETS[figure].system));
  expect(Gamma / gamma).toBeCloseTo(ratio, 11);
});

test('figures 3b and 4 are the default system', () => {
  expect(systemParameters(PRESETS['3b'].system)).toEqual(systemParameters());
  expect(systemParameters(PRESETS['4'].system)).toEqual(systemParameters());
});
