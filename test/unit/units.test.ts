/** Multiply all rates by a factor and divide all times by it: nothing else may change, in any command. */
import { describe, expect, test } from 'vitest';
import { runWithoutGpu } from './run-without-gpu';
import { type Numbers, numbersIn, powersIn, type Rates, random, scaled } from './scaling';

async function resultOf(command: string, system: Rates, options: Record<string, unknown>): Promise<Numbers> {
  return numbersIn((await runWithoutGpu(command, system, options)).result);
}

const next = random(7);
const systems: Rates[] = Array.from({ length: 3 }, () => ({
  atoms: 2 + Math.floor(next() * 9),
  gamma1d: 0.1 + 4 * next(),
  gammaf: 0.05 + next(),
  omega: 6 * next(),
}));
const bistable: Rates = { atoms: 12, gamma1d: 10, gammaf: 1, omega: 21 };
const larger: Rates = { atoms: 18, gamma1d: 10, gammaf: 1, omega: 31 };

/** A bistable one off resonance, and a laser without drive that turns. */
const general: Rates[] = [
  { ...larger, detuning: 2, collectiveShift: 0.2, dephasing: 0.5, collectiveDephasing: 0.1 },
  { atoms: 30, gamma1d: 1, gammaf: 0.1, omega: 0, pumping: 12, collectivePumping: 0.1, collectiveShift: 0.3 },
];

const commands: readonly [string, readonly Rates[], (factor: number) => Record<string, unknown>][] = [
  ['mean-field', [...systems, bistable, ...general], () => ({})],
  ['steady-state', [...systems, bistable], () => ({ prove: 'Sz' })],
  ['gap', [...systems, bistable], () => ({ prove: 'on' })],
  ['metastable', [bistable], () => ({})],
  ['gap-scaling', [larger], () => ({ atoms: '18' })],
  ['time-evolution', systems, (factor: number) => ({ time: 3 / factor, samples: 10 })],
  [
    'time-evolution',
    // The ramp says the drive, in Omega_c.
    systems.map(({ omega: _omega, ...system }) => system as Rates),
    (factor: number) => ({
      ramp: `0:0.4,${1 / factor}:1.2,${1.6 / factor}:0.9,${1.6 / factor}:0.6,${2 / factor}:0.4`,
      samples: 8,
    }),
  ],
];

/** What rounding of the input may change by more than itself: bounds, and how far a solution went. */
const notTheResult = /error|residual|matvecs|condition|traceError|proven\/(within|until)/i;

describe.each(commands)('%s in any unit', (command, systems, options) => {
  test('powers of 4 change no bit', async () => {
    const next = random(11);
    for (const system of systems) {
      const first = await resultOf(command, system, options(1));
      // Rates about 1 are computed as they are: what is a rate, and what a time, shows by itself.
      const powers = powersIn(first, await resultOf(command, scaled(system, 4), options(4)), 4);
      expect(Object.values(powers)).not.toContain(Number.NaN);
      for (let i = 0; i < 3; i++) {
        const factor = 4 ** Math.round((next() - 0.5) * 498);
        const other = await resultOf(command, scaled(system, factor), options(factor));
        expect(powersIn(first, other, factor)).toEqual(powers);
      }
    }
  });

  test('powers of 10 change it by rounding', async () => {
    const next = random(12);
    for (const system of systems) {
      const first = await resultOf(command, system, options(1));
      const powers = powersIn(first, await resultOf(command, scaled(system, 4), options(4)), 4);
      for (const exponent of [-150, 150, Math.round((next() - 0.5) * 300)]) {
        const factor = 10 ** exponent;
        const other = await resultOf(command, scaled(system, factor), options(factor));
        expect(Object.keys(other)).toEqual(Object.keys(first));
        for (const [path, value] of Object.entries(first)) {
          if (notTheResult.test(path)) continue;
          const back = other[path] / factor ** (powers[path] ?? 0);
          expect(Math.abs(back - value), path).toBeLessThanOrEqual(1e-7 * Math.abs(value) + 1e-10);
        }
      }
    }
  });
});
