import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from '../../../src/experiments/check';
import { rampOption } from '../../../src/experiments/ramps/ramp-option';
import { driveAt, loopOf, rampOf, stretchesOf } from '../../../src/parameters/ramp';
import { cases, taken } from '../../arbitrary-options';

const ramps = taken(rampOption.ramp).map((text) => rampOf(text as string));
const asked = (options: Record<string, unknown>, system: Record<string, number> = {}) =>
  check({ command: 'time-evolution', system, options });

describe('a ramp', () => {
  test('stays before its first and after its last point, is even between, and jumps', () => {
    const ramp = rampOf('1:0.5,3:1.5,3:1,5:0');
    expect([0, 1, 2, 3, 4, 5, 9].map((t) => driveAt(ramp, t))).toEqual([0.5, 0.5, 1, 1, 0.5, 0, 0]);
    expect(stretchesOf(ramp, 0, 4)).toEqual([
      { from: 0, to: 1, start: 0.5, end: 0.5 },
      { from: 1, to: 3, start: 0.5, end: 1.5 },
      { from: 3, to: 3, start: 1.5, end: 1 },
      { from: 3, to: 4, start: 1, end: 0.5 },
    ]);
  });

  test('is the same however its time is cut: every stretch begins where the one before ends, and no jump is lost or met twice', () => {
    const times = fc.uniqueArray(fc.double({ min: 0, max: 1.1, noNaN: true }), {
      minLength: 2,
      maxLength: 6,
    });
    fc.assert(
      fc.property(ramps, times, (ramp, shares) => {
        const last = ramp.t[ramp.t.length - 1] || 1;
        const cuts = [0, ...shares.map((share) => share * last), ...ramp.t, 1.2 * last].sort((a, b) => a - b);
        const pieces = cuts.slice(1).flatMap((to, i) => (to > cuts[i] ? stretchesOf(ramp, cuts[i], to) : []));
        expect(pieces[0]).toMatchObject({ from: 0, start: ramp.drive[0] });
        pieces.slice(1).forEach(({ from, start }, i) => {
          expect(from).toBe(pieces[i].to);
          expect(start).toBeCloseTo(pieces[i].end, 9);
        });
        const jumps = ({ from, to }: { from: number; to: number }) => from === to;
        expect(pieces.filter(jumps)).toEqual(stretchesOf(ramp, 0, 1.2 * last).filter(jumps));
      }),
      cases,
    );
  });

  test.each([
    ['0:0.5,50:1,100:0.5', { up: { from: 0, to: 50 }, down: { from: 50, to: 100 } }],
    ['5:1,10:0.5,20:0.5,30:1', { up: { from: 20, to: 30 }, down: { from: 5, to: 10 } }],
    ['0:0.5,10:0.8,20:0.8,20:1,40:1,50:0.5', { up: { from: 0, to: 20 }, down: { from: 40, to: 50 } }],
    ['0:0.5,50:1', null],
    ['0:0.5,50:1,100:0.6', null],
    ['0:0.5,50:0.5', null],
    ['0:0.5,1:1,2:0.5,3:1,4:0.5', null],
  ])('%s makes the loop %j', (text, loop) => {
    expect(loopOf(rampOf(text))).toEqual(loop);
  });
});

describe('what is asked for with a ramp', () => {
  test('starts at its first drive, for as long as it lasts', () => {
    const { parameters, options } = asked({ ramp: ' 0:0.50, 50:1 ,100:.5' });
    expect(parameters.driveOverCritical).toBe(0.5);
    expect(parameters.omega).toBe(0.5 * 42.5);
    expect(options).toMatchObject({ time: 100, ramp: '0:0.5,50:1,100:0.5' });
    expect(asked({ ramp: '0:0.5,50:1', time: 20 }).options).toMatchObject({ time: 20 });
  });

  test('a drive that is said as well must be that of its beginning', () => {
    expect(asked({ ramp: '0:0.5,50:1' }, { drive: 0.5 }).parameters.driveOverCritical).toBe(0.5);
    expect(asked({ ramp: '0:0.5,50:1' }, { omega: 21.25 }).parameters.driveOverCritical).toBe(0.5);
    expect(() => asked({ ramp: '0:0.5,50:1' }, { drive: 0.6 })).toThrow(
      '--ramp must be one that begins at --drive 0.6, or given without it, but got "0:0.5,50:1"',
    );
    expect(() => asked({ ramp: '0:0.5,50:1' }, { omega: 20 })).toThrow('begins at --omega 20, or given');
  });

  test.each<[string, Record<string, number>, string]>([
    ['0:0.5', {}, '2 to 1000 points t:x'],
    ['0:0.5,50', {}, 'points t:x with commas between'],
    ['50:0.5,0:1', {}, 'of times in order'],
    ['0:0.5,-1:1', {}, 'of times from 0 on'],
    ['0:0.5,2e9:1', {}, 'of times from 0 to 1000000000'],
    ['0:0.5,1:1,1:2,1:3', {}, 'of two points at one time at most (a jump)'],
    ['0:0.5,1:-1', {}, 'of drives Omega/Omega_c from 0 to'],
    ['0:0.5,1:1e11', {}, 'of drives, each a number (Omega/Omega_c) from 0 to'],
    ['0:0.5,1:1', { atoms: 1 }, 'left out for one atom'],
    ['0:0.5,1:1', { gamma1d: 0 }, 'left out for one atom or without collective decay'],
  ])('%s of %j is refused: %s', (ramp, system, because) => {
    expect(() => asked({ ramp }, system)).toThrow(`--ramp must be ${because}`);
  });
});
