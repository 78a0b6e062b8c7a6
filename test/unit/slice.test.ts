/** How much goes into one submit, on devices of any speed: some tens of milliseconds of work, told by the last. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Slice } from '../../src/gpu/slice';
import { cases } from '../arbitrary-options';

/** Milliseconds that a step takes, from a fast card to a software adapter under load. */
const speed = fc.integer({ min: -50, max: 10 }).map((power) => 2 ** (power / 2));

test('the first submit is small, and none is ever more than four times the last, or than there may be', () => {
  fc.assert(
    fc.property(speed, fc.integer({ min: 1, max: 2 ** 20 }), (perStep, most) => {
      const slice = new Slice(8, most);
      let last = slice.steps;
      expect(last).toBeLessThanOrEqual(Math.min(8, most));
      for (let submit = 0; submit < 20; submit++) {
        slice.took(last, last * perStep);
        expect(slice.steps).toBeGreaterThanOrEqual(1);
        expect(slice.steps).toBeLessThanOrEqual(Math.min(4 * last, most));
        last = slice.steps;
      }
    }),
    cases,
  );
});

test('after a dozen submits each is worth 40 ms, as far as whole steps and the most of them allow', () => {
  fc.assert(
    fc.property(speed, speed, fc.integer({ min: 1, max: 2 ** 20 }), (before, now, most) => {
      const slice = new Slice(8, most);
      for (const perStep of [before, now])
        for (let submit = 0; submit < 12; submit++) slice.took(slice.steps, slice.steps * perStep);
      const steps = Math.min(most, Math.max(1, 40 / now));
      expect(slice.steps).toBeLessThanOrEqual(steps * (1 + 1e-12));
      expect(slice.steps).toBeGreaterThan(steps - 1 - steps * 1e-12);
    }),
    cases,
  );
});
