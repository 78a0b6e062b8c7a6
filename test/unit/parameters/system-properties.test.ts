/** Systems over the full range of what may be said: each survives being said again, and no other is taken. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../../../src/parameters/errors';
import { flagOf, keysOf } from '../../../src/parameters/options';
import { inputOf, type SystemParameters, sameSystem, systemParameters } from '../../../src/parameters/system';
import { MAX_ATOMS, type SystemInput, systemOptions } from '../../../src/parameters/system-options';
import { cases, refused } from '../../arbitrary-options';

const atoms = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: MAX_ATOMS }));
/** None, an ordinary one, and any at all. */
const factor = fc.oneof(
  fc.constant(0),
  fc.double({ min: 1e-3, max: 100, noNaN: true }),
  fc.double({ min: 0, noNaN: true }),
);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 3 });
/** Every way to say a system, in any unit; most of these are systems. */
const said: fc.Arbitrary<SystemInput> = fc
  .record({
    atoms,
    unit: fc.oneof(
      fc.constant(1),
      fc.integer({ min: -200, max: 200 }).map((power) => 10 ** power),
    ),
    ratio: fc.double({ min: 0, max: 1, noNaN: true }),
    gamma1d: maybe(factor),
    gammaf: maybe(factor),
    drive: maybe(factor),
    omega: factor,
    ways: fc.tuple(fc.boolean(), fc.boolean()),
  })
  .map(({ atoms, unit, ratio, gamma1d, gammaf, drive, omega, ways: [byRatio, byOmega] }) => {
    const scaled = (rate: number | undefined) => (rate === undefined ? undefined : rate * unit);
    return {
      atoms,
      ...(byRatio ? { ratio: ratio * (atoms - 1) } : { gamma1d: scaled(gamma1d), gammaf: scaled(gammaf) }),
      ...(byOmega ? { omega: byRatio ? omega : omega * unit } : { drive }),
    };
  });

/** The system that is said, or null where it is refused. */
function systemOf(input: SystemInput): SystemParameters | null {
  try {
    return systemParameters(input);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

test('a system that is taken holds numbers, and is taken again, bit for bit, by its quantities', () => {
  let systems = 0;
  fc.assert(
    fc.property(said, (input) => {
      const system = systemOf(input);
      if (system === null) return;
      systems += 1;
      for (const value of Object.values(inputOf(system))) expect(value).toSatisfy(Number.isFinite);
      expect(sameSystem(systemParameters(inputOf(system)), system)).toBe(true);
      expect(sameSystem(systemParameters(JSON.parse(JSON.stringify(inputOf(system)))), system)).toBe(true);
      const { driveOverCritical } = system;
      if (driveOverCritical !== null) expect(driveOverCritical).toSatisfy(Number.isFinite);
    }),
    { ...cases, numRuns: 3000 },
  );
  expect(systems).toBeGreaterThan(1000);
});

test.each(keysOf(systemOptions))('anything that is not taken as %s is refused by its name', (name) => {
  fc.assert(
    fc.property(refused(systemOptions[name]), (value) => {
      // Which rates are too large, and which drives, depends on the others.
      if (typeof value === 'number' && value > systemOptions[name].value.to) return;
      const rest = name === 'omega' ? {} : { drive: 0.5 };
      const attempt = () => systemParameters({ ...rest, [name]: value as number });
      expect(attempt).toThrow(InputError);
      expect(attempt).toThrow(expect.objectContaining({ argument: flagOf(name) }));
    }),
    cases,
  );
});
