/** Each check of the self-test fails on a kernel that has a fault of its kind, and passes without one. */
import { expect, test } from 'vitest';
import { shaders } from '../../src/gpu/shaders';
import { inPage } from './in-page';
import type { Fault } from './kernels/self-test';

const failedBy = (fault: Fault) => inPage<string[]>('test/gpu/kernels/self-test.ts', 'failedBy', fault);

const darkPortParts = ['darkPort', 'darkPortDetuned', 'darkPort24', 'darkPort48'] as const;
const slightly = 1 + 1e-5;
const seventyPercent = 1.7;

/** A row of one jump operator of the dark port, as its lanes and components hold it. */
function rowOfJump(block: number, channel: number, row: number): Fault {
  const right = 'setComponent(&image, r, sum);';
  const here = `block == ${block}u && channel == ${channel}u && r * lanes + lane == ${row}u`;
  return { part: 'darkPort', right, wrong: `if (${here}) { sum *= ${seventyPercent}; } ${right}` };
}

const scaled = (part: Fault['part'], right: string, factor: number): Fault => ({
  part,
  right,
  wrong: `${factor} * ${right}`,
});

const faults: readonly (Fault & { failed: string })[] = [
  ...[
    { right: 'x + y', failed: 'addition' },
    { right: 'x * y', failed: 'multiplication' },
    { right: 'x / y', failed: 'division' },
    { right: 'sqrt(x)', failed: 'sqrt' },
    { right: 'inverseSqrt(x)', failed: 'inverseSqrt' },
    { right: 'exp(-x)', failed: 'exp' },
    { right: 'log(x)', failed: 'log' },
  ].map(({ right, failed }) => ({ ...scaled('arithmetic', right, slightly), failed })),
  { part: 'arithmetic', right: '0x9E3779B9u', wrong: '0x9E3779B8u', failed: 'Philox' },

  { ...scaled('photodetection', '(1.0 / 3.0)', 1.01), failed: 'samples' },
  // an alarm, which ends the walk
  { part: 'photodetection', right: '1.0001 * bound', wrong: '0.1 * bound', failed: 'samples' },
  { part: 'photodetection', right: 'scale * scale * sum', wrong: 'scale * sum', failed: 'samples' },
  { part: 'photodetection', right: 'burnInSlots + 1u)', wrong: 'burnInSlots + 2u)', failed: 'averages' },
  {
    part: 'photodetection',
    right: 'ensemble.rowOfPm + i',
    wrong: 'ensemble.rowOfPm + atoms - i',
    failed: 'averages',
  },
  {
    part: 'photodetection',
    right: 'add(ensemble.rowOfJumps + channel',
    wrong: 'add(ensemble.rowOfJumps',
    failed: 'averages',
  },
  { part: 'photodetection', right: 'select(1u, 0u, channel == 0u)', wrong: '0u', failed: 'photons' },
  { ...scaled('photodetection', 'gamma1D * after / before', 1.001), failed: 'photons' },
  { ...scaled('photodetection', 'intensity * stored(', 1.001), failed: 'photons' },
  {
    part: 'photodetection',
    right: '16u * walker.slot + channel',
    wrong: '16u * walker.slot',
    failed: 'times',
  },

  { ...scaled('general', 'h * energy)', 1.001), failed: 'samples' },
  { ...scaled('general', '2 * r + 1 < dim', -1), failed: 'samples' },
  { part: 'general', right: 'decay -= 0.5 * h', wrong: 'decay += 0.5 * h', failed: 'samples' },
  { part: 'general', right: '(*o).SxSy = 0.5', wrong: '(*o).SxSy = -0.5', failed: 'samples' },
  { part: 'general', right: 'select(row - 1, top - 1, isDephasing)', wrong: '(row - 1)', failed: 'samples' },
  { part: 'general', right: 'channel < kinds)', wrong: 'channel < allChannels)', failed: 'photons' },

  // weak order 1
  { part: 'homodyne', right: '1.0 + 0.5 * h * variance', wrong: '1.0', failed: 'samples' },
  // two quadrants of the noise
  { part: 'homodyne', right: 'vec2f(-c, -s)', wrong: 'vec2f(c, -s)', failed: 'samples' },
  // half of the drift lost
  { part: 'homodyne', right: '(*light).owed = 0.5 * h', wrong: '(*light).owed = 0.0', failed: 'samples' },
  { part: 'heterodyne', right: 'vec2f(Y.x, -Y.y)', wrong: 'Y', failed: 'samples' },
  { part: 'heterodyne', right: 'Y + vacuum', wrong: 'Y', failed: 'averages' },
  { ...rowOfJump(0, 0, 2), failed: 'samples' },
  { ...rowOfJump(1, 1, 0), failed: 'samples' },
  { ...rowOfJump(2, 2, 3), failed: 'samples' },
  {
    part: 'darkPort',
    right: 'ensemble.rowOfJumps + 2u',
    wrong: 'ensemble.rowOfJumps + 3u',
    failed: 'averages',
  },
  { part: 'darkPort', right: '2.0 * left', wrong: 'left', failed: 'samples' },
  {
    part: 'darkPort',
    right: 'return before.y;',
    wrong: 'return before.x;',
    failed: 'samples',
    withoutSubgroups: true,
  },
  { part: 'darkPort', right: 'exp(-t * k[i])', wrong: 'exp(-t)', failed: 'samples', withoutSubgroups: true },
  {
    part: 'darkPortDetuned',
    right: 'onColumns(a, x) - onColumns(b, y)',
    wrong: 'onColumns(a, x) + onColumns(b, y)',
    failed: 'samples',
  },
  { part: 'darkPortDetuned', right: 'let h = -t', wrong: 'let h = -1.01 * t', failed: 'samples' },
  { ...scaled('darkPortDetuned', 'angle.y * turned.x', -1), failed: 'samples' },
  { part: 'darkPortDetuned', right: 'channelsCounted * (', wrong: '3u * (', failed: 'averages' },
  { part: 'darkPort24', right: '(*x).high.y, c == 5u', wrong: '(*x).high.x, c == 5u', failed: 'samples' },
  { part: 'darkPort48', right: '9u, 10u, 11u)', wrong: '9u, 10u, 10u)', failed: 'samples' },

  { ...scaled('reductions', 'record[start + k];', slightly), failed: 'means' },
  { ...scaled('reductions', 'deviation * deviation;', slightly), failed: 'M2' },
  { part: 'reductions', right: '+ 0.5) * f32(bins)', wrong: '+ 0.51) * f32(bins)', failed: 'histogram' },
  { part: 'reductions', right: 'w * length, length)', wrong: 'w, length)', failed: 'windows' },

  ...[
    'diagonal * centre',
    'down.next * after',
    'down.previous * before',
    'across.next * right',
    'across.previous * left',
    'down.stay * across.stay * stay',
    'down.above * across.above * above',
    'down.below * across.below * below',
  ].map((right) => ({ ...scaled('matvecs', right, slightly), failed: 'L x' })),
  {
    part: 'generalMatvecs',
    right: 'let turn = down.level - across.level;',
    wrong: 'let turn = down.level + across.level;',
    failed: 'general model',
  },
  {
    part: 'generalMatvecs',
    right: 'a.above * b.above *',
    wrong: 'a.above * a.above *',
    failed: 'general model',
  },
  {
    part: 'generalSolves',
    right: 'standing += select(0.0, a.stay * b.stay, shift == 0);',
    wrong: 'standing += select(0.0, a.stay * b.stay, shift == 1);',
    failed: 'correction',
  },
  {
    part: 'matvecs',
    right: 'let down = factors[tile.rowOffset + row];',
    wrong: `var down = factors[tile.rowOffset + row]; if (row == 7u) { down.below *= ${slightly}; }`,
    failed: 'L^T x',
  },

  ...[
    'equation.theta * centre',
    'equation.sigma * scalars',
    'scalars.beta * u',
    'alpha * vectors[at(U1, i)];\n      vectors[at(R0, i)] = r;',
    'beta * vectors[at(U1, i)]',
    'alpha * vectors[at(U2, i)]',
    'r1 * r2',
    'scalars.g2 * vectors[at(R1, i)];\n    }',
    'totals[lane];\n  }\n}',
    'scalars.rho / totals[0]',
    'scalars.alpha * totals[0]',
    'g[3] * g[2]',
  ].map((right) => ({ ...scaled('solves', right, 1.001), failed: 'correction by L' })),
];

test.each(faults)('$part with "$wrong" for "$right" fails', async ({ failed, ...fault }) => {
  expect(await failedBy(fault)).toContainEqual(expect.stringContaining(failed));
});

test.each([
  ...darkPortParts.map((part) => ({ part, withoutSubgroups: true })),
  ...(['photodetection', 'general', 'homodyne', 'heterodyne', ...darkPortParts] as const).map((part) => ({
    part,
  })),
  ...(['matvecs', 'solves', 'generalMatvecs', 'generalSolves'] as const).map((part) => ({ part })),
  ...(['reductions', 'arithmetic'] as const).map((part) => ({ part })),
])('$part without a fault passes', async (right) => {
  expect(await failedBy({ ...right, right: 'fn ', wrong: 'fn ' })).toEqual([]);
});

test('a shader that does not compile is named with the line of its own file', async () => {
  const right = 'return slot >= ensemble.burnInSlots';
  const lines = (shaders.get('ensemble/ensemble') ?? '').split('\n');
  const line = lines.findIndex((text) => text.includes(right)) + 1;
  const fault: Fault = { part: 'photodetection', right, wrong: right.replace('slot', 'slots') };
  await expect(failedBy(fault)).rejects.toThrow(`shaders/ensemble/ensemble.wgsl:${line}:`);
});
