import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/parameters/errors';
import { meanFieldRates, systemParameters } from '../../../src/parameters/system';
import { MAX_ATOMS, type SystemInput } from '../../../src/parameters/system-options';

describe('what is left out is figure 4', () => {
  test('nothing said', () => {
    expect(systemParameters()).toEqual({
      atoms: 18,
      gamma1D: 10,
      gammaF: 1,
      omega: 31.025,
      driveOverCritical: 0.73,
      detuning: 0,
      collectiveShift: 0,
      pumping: 0,
      dephasing: 0,
      collectivePumping: 0,
      collectiveDephasing: 0,
    });
  });

  test('undefined is not said', () => {
    expect(systemParameters({ atoms: undefined, ratio: undefined, omega: undefined })).toEqual(
      systemParameters(),
    );
  });

  test('atoms alone keep the rates and the drive in units of Omega_c', () => {
    const system = systemParameters({ atoms: 30 });
    expect(system).toMatchObject({ atoms: 30, gamma1D: 10, gammaF: 1, driveOverCritical: 0.73 });
    expect(system.omega).toBeCloseTo((0.73 * 29 * 10) / 4, 12);
  });

  test('a ratio replaces both rates', () => {
    const system = systemParameters({ atoms: 24, ratio: 15.5, drive: 0.722 });
    expect(system.gamma1D + system.gammaF).toBeCloseTo(1, 15);
    expect(meanFieldRates(system).Gamma).toBeCloseTo(15.5, 14);
    expect(system.omega).toBeCloseTo(2.79775, 14);
  });

  test('omega replaces the drive', () => {
    expect(systemParameters({ omega: 85 / 4 })).toMatchObject({ omega: 21.25, driveOverCritical: 0.5 });
  });
});

describe('the edges are taken', () => {
  test.each<[string, SystemInput]>([
    ['one atom with omega', { atoms: 1, omega: 1 }],
    ['the most atoms', { atoms: MAX_ATOMS }],
    ['no drive', { drive: 0 }],
    ['no individual decay', { gammaf: 0 }],
    ['no collective decay with omega', { gamma1d: 0, omega: 2 }],
    ['large rates', { gamma1d: 1e197, gammaf: 1e196, drive: 0.7 }],
    ['small rates', { gamma1d: 1e-199, gammaf: 1e-200, drive: 0.7 }],
    ['rates far apart', { gamma1d: 1e-200, gammaf: 1e-200, omega: 1e12 }],
    ['the largest ratio, where gamma_F is 0', { atoms: 18, ratio: 17 }],
  ])('%s', (_, input) => {
    const system = systemParameters(input);
    expect(Object.values(system).every((value) => value === null || Number.isFinite(value))).toBe(true);
    const { Gamma } = meanFieldRates(system);
    expect(system.driveOverCritical === null).toBe(Gamma === 0);
  });

  test('the largest ratio leaves no individual decay', () => {
    expect(systemParameters({ atoms: 18, ratio: 17 })).toMatchObject({ gamma1D: 1, gammaF: 0 });
  });
});

describe('bad input is refused by the name of the argument', () => {
  const number = (value: unknown) => value as number;
  test.each<[SystemInput, string, RegExp]>([
    [{ atoms: 0 }, 'atoms', /whole number from 1 to 1000, but got 0/],
    [{ atoms: -3 }, 'atoms', /got -3/],
    [{ atoms: 2.5 }, 'atoms', /got 2\.5/],
    [{ atoms: 1001 }, 'atoms', /got 1001/],
    [{ atoms: Number.NaN }, 'atoms', /got NaN/],
    [{ atoms: number('18') }, 'atoms', /got "18"/],
    [{ gamma1d: -1 }, 'gamma1d', /got -1/],
    [{ gamma1d: Number.POSITIVE_INFINITY }, 'gamma1d', /got Infinity/],
    [{ gamma1d: number('ten') }, 'gamma1d', /got "ten"/],
    [{ gammaf: -0.1 }, 'gammaf', /got -0\.1/],
    [{ gammaf: Number.NaN }, 'gammaf', /got NaN/],
    [{ gammaf: 1e13 }, 'gammaf', /from 0 to 1000000000000, but got 10000000000000/],
    [{ gamma1d: 1e150, gammaf: 1 }, 'gamma1d', /from 0 to 1000000000000, but got 1e\+150/],
    [{ gamma1d: 1e150, gammaf: 1e150, omega: 1e163 }, 'omega', /from 0 to \d\.\d+e\+161, but got 1e\+163/],
    [{ gamma1d: 1e308, gammaf: 1e308 }, 'gamma1d', /from 0 to 1e\+200, but got 1e\+308/],
    [{ gamma1d: 1e-250 }, 'gamma1d', /0, or .* at least 1e-200, but got 1e-250/],
    [{ gamma1d: 0, gammaf: 5e-324, omega: 0 }, 'gammaf', /0, or .* at least 1e-200, but got 5e-324/],
    [{ gamma1d: 0, gammaf: 0, omega: 1 }, 'gammaf', /an atom has to decay/],
    [{ detuning: Number.NaN }, 'detuning', /a number \(a rate\) from -1000000000000 to 1000000000000/],
    [{ detuning: -1e13 }, 'detuning', /got -10000000000000/],
    [{ detuning: -1e-250 }, 'detuning', /0, or .* at least 1e-200 without its sign, but got -1e-250/],
    [{ dephasing: -1e-250 }, 'dephasing', /from 0 to .*, but got -1e-250/],
    [{ collectiveShift: Number.NEGATIVE_INFINITY }, 'collective-shift', /got -Infinity/],
    [{ pumping: -1 }, 'pumping', /from 0 to .*, but got -1/],
    [{ dephasing: number('much') }, 'dephasing', /got "much"/],
    [{ collectivePumping: -0.1 }, 'collective-pumping', /got -0\.1/],
    [{ collectiveDephasing: 1e13 }, 'collective-dephasing', /got 10000000000000/],
    [{ omega: -2 }, 'omega', /got -2/],
    [{ omega: Number.NaN }, 'omega', /got NaN/],
    [{ drive: -0.5 }, 'drive', /got -0\.5/],
    [{ drive: Number.NaN }, 'drive', /got NaN/],
    [{ drive: 1e11 }, 'drive', /from 0 to 2\.35e\+10/],
    [{ drive: 0.7, omega: 30 }, 'drive', /left out when --omega is given/],
    [{ ratio: 15.5, gamma1d: 1 }, 'gamma1d', /left out when --ratio is given/],
    [{ ratio: 15.5, gammaf: 1 }, 'gammaf', /left out when --ratio is given/],
    [{ ratio: 17.1 }, 'ratio', /up to N - 1 = 17 .*got 17\.1/],
    [{ atoms: 10, ratio: 15.5 }, 'ratio', /up to N - 1 = 9/],
    [{ ratio: 0 }, 'ratio', /above 0/],
    [{ ratio: -1 }, 'ratio', /got -1/],
    [{ ratio: Number.NaN }, 'ratio', /got NaN/],
    [{ atoms: 1, ratio: 1, omega: 1 }, 'ratio', /one atom/],
    [{ atoms: 1 }, 'omega', /given in place of --drive: with one atom, Omega_c .* is 0, but got nothing/],
    [{ atoms: 1, drive: 0.7 }, 'omega', /with one atom/],
    [{ gamma1d: 0 }, 'omega', /with --gamma1d 0, Omega_c/],
    [{ gamma1d: 0, drive: 0.7 }, 'omega', /with --gamma1d 0/],
  ])('%o', (input, argument, message) => {
    expect(() => systemParameters(input)).toThrow(InputError);
    expect(() => systemParameters(input)).toThrow(expect.objectContaining({ argument }));
    expect(() => systemParameters(input)).toThrow(message);
  });
});
