import { describe, expect, test } from 'vitest';
import { meanFieldBranches } from '../../../src/mean-field/branches';
import { meanFieldOf } from '../../../src/mean-field/equations';
import { ALL_PRESETS, BEYOND_THE_PAPER, PRESETS, type Preset } from '../../../src/parameters/presets';
import { meanFieldRates, systemParameters } from '../../../src/parameters/system';

const figures: [string, Preset][] = Object.entries(ALL_PRESETS);

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

describe('beyond the paper', () => {
  const stable = ({ system }: Preset) =>
    meanFieldBranches(meanFieldOf(systemParameters(system))).filter(({ stable }) => stable);

  test.each(['off-resonance', 'dephased'] as const)('%s is bistable still', (name) => {
    expect(stable(BEYOND_THE_PAPER[name])).toHaveLength(2);
  });

  test('the superradiant laser lases alone', () => {
    expect(stable(BEYOND_THE_PAPER['superradiant-laser'])).toMatchObject([{ circling: 0 }]);
  });
});
