/** The command `cavity`: the system that (S10) makes, as the other commands take it. */
import { expect, test } from 'vitest';
import { parse } from '../../src/command-line/program';
import type { CavityResult } from '../../src/experiments/cavity/cavity';
import { check } from '../../src/experiments/run';
import { InputError } from '../../src/parameters/errors';
import { sameSystem, systemParameters } from '../../src/parameters/system';
import { runWithoutGpu } from './run-without-gpu';
import { random } from './scaling';

async function cavity(system: Record<string, number>, options: Record<string, number>) {
  const document = await runWithoutGpu('cavity', system, options);
  return { ...document, result: document.result as CavityResult };
}

test('without options it is a fast cavity that makes the system of figure 4', async () => {
  const { parameters, result, warnings } = await cavity({}, {});
  const figure4 = systemParameters();
  for (const name of ['atoms', 'gammaF', 'detuning', 'collectiveShift', 'pumping'] as const)
    expect(parameters[name]).toBe(figure4[name]);
  expect(parameters.gamma1D).toBeCloseTo(10, 13);
  expect(parameters.omega).toBeCloseTo(31.025, 12);
  expect(result.cooperativity).toBeCloseTo(10, 13);
  expect(warnings).toEqual([]);
});

test('its options line is its system, bit for bit, in any unit', async () => {
  const next = random(41);
  for (const unit of [1, 1, 1, 1e-90, 1e90, 3e-7]) {
    const rate = () => unit * 10 ** (2 * next() - 1);
    const system = { atoms: 1 + Math.floor(50 * next()), gammaf: rate(), detuning: rate() - unit };
    const options = { g: rate(), kappa: 10 * rate(), cavityDetuning: rate() - unit, laser: rate() };
    const { parameters, result } = await cavity(system, options);
    const asked = parse(['mean-field', ...result.options.split(' ')]);
    if (!('request' in asked)) throw new Error('no request');
    expect(sameSystem(check(asked.request).parameters, parameters)).toBe(true);
    expect(result).toMatchObject({ ...options, gamma1D: parameters.gamma1D, omega: parameters.omega });
    expect(
      result.cooperativity! / ((4 * (options.g / options.kappa) * options.g) / system.gammaf),
    ).toBeCloseTo(1, 13);
  }
});

test('what is not small beside the mode is warned of, with its number', async () => {
  const { warnings, result } = await cavity(
    { atoms: 16, gammaf: 0, detuning: -3 },
    { g: 1, kappa: 20, laser: 4 },
  );
  // N gamma_1D = 16 * 0.2, in units of kappa/2 = 10
  expect(result.validity.collectiveDecay).toBeCloseTo(0.32, 14);
  expect(result.cooperativity).toBeNull();
  expect(warnings).toEqual([
    expect.stringMatching(/N gamma_1D is 0\.32, \|delta\| is 0\.3 of \|i delta_c - kappa\/2\|/),
  ]);
});

test.each([
  [{}, { g: 0 }, /^--g must be a number \(a rate\) above 0/],
  [{}, { g: 'x' }, /^--g must be/],
  [{}, { g: 1e-180, kappa: 1e100 }, /^--g must be larger/],
  [{}, { g: 1e-51, kappa: 1e100 }, /^--g must be such that gamma1d of \(S10\)/],
  [{}, { kappa: -1 }, /^--kappa must be a number \(a rate\) above 0/],
  [{}, { cavityDetuning: Number.NaN }, /^--cavity-detuning must be/],
  [{}, { laser: -1 }, /^--laser must be a number/],
  [{}, { laser: 1e190 }, /^--laser must be such that omega of \(S10\)/],
  [{ atoms: 0 }, {}, /^--atoms must be a whole number from 1 to 1000/],
  [{ gammaf: -1 }, {}, /^--gammaf must be/],
  [{ detuning: Number.NaN }, {}, /^--detuning must be/],
  [{ drive: 1 }, {}, /^--drive must be left out: cavity takes --atoms, --gammaf, --detuning, but got 1$/],
])('%o, %o is refused in one line', (system, options, words) => {
  const asked = () => check({ command: 'cavity', system: { ...system }, options: { ...options } });
  expect(asked).toThrow(InputError);
  expect(asked).toThrow(words);
});
