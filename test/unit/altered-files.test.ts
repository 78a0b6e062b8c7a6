/** Files that are not as they were written, on the command line: status 2 and one line that says what is wrong with them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from '../../src/command-line/main';
import { around, ensembleDocument, ensembleSystem, type Plain, sealed } from '../documents';

let said: string[] = [];
beforeEach(() => {
  said = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
});
afterEach(() => vi.restoreAllMocks());

const folder = mkdtempSync(join(tmpdir(), 'altered-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** The line that ends it. */
async function refusal(...words: string[]): Promise<string> {
  expect(await main(words)).toBe(2);
  expect(said).toHaveLength(1);
  return said[0];
}

const point = {
  ...{ atoms: 18, driveOverCritical: 0.7049, driveError: 1e-4, lambda1: { value: 0.12137, error: 2.7e-11 } },
  searched: true,
  matvecs: 0,
};
const scaling = await around(
  'gap-scaling',
  { ratio: 15.5 },
  { ratio: 15.5, tolerance: 1e-5, points: [point], fits: null },
);
const withPoints = (...points: unknown[]) => ({
  ...scaling,
  result: { ...(scaling.result as Plain), points },
});
const ensemble = await ensembleDocument();
const { omega: _, ...withoutOmega } = ensemble.parameters as Plain;

const byField = (field: string) => `this one was changed (${field}), but got`;
const byHash = byField('its content is not that of its sha256');

test.each([
  ['another number', withPoints({ ...point, lambda1: { value: 1e9, error: 2.7e-11 } }), byHash],
  ['a text', withPoints({ ...point, lambda1: 'x' }), byField('result.points.0.lambda1 must be an object')],
  ['no point', withPoints(null), byField('result.points.0 must be an object')],
  [
    'no error',
    withPoints({ ...point, lambda1: { value: 1 } }),
    byField('result.points.0.lambda1.error is missing'),
  ],
  ['another version', { ...scaling, version: '9.9.9' }, byHash],
  ['another schema', { ...scaling, schema: 'dicke-bistability/0' }, 'a JSON result of gap-scaling'],
  [
    'no end',
    JSON.stringify(withPoints(point)).replace('2.7e-11', '1e999'),
    byField('result.points.0.lambda1.error must be a number'),
  ],
  ['sealed anew', sealed(withPoints('x')), byField('result.points.0 must be an object')],
  [
    'no seal',
    { ...scaling, sha256: undefined, version: '0.0.9' },
    'which this one lacks (release 0.0.9 wrote none)',
  ],
])('gap-scaling goes on from no file with %s', async (what, content, says) => {
  expect(await refusal('gap-scaling', '--ratio', '15.5', '--resume', file(what, content))).toContain(says);
});

test.each([
  ['no omega', { ...ensemble, parameters: withoutOmega }, byField('parameters.omega is missing')],
  ['other sums', JSON.stringify(ensemble).replace(/("M2":\[)/, '$11e3,'), byHash],
  ['another seed', JSON.stringify(ensemble).replaceAll('"seed":7', '"seed":8'), byHash],
  [
    'another field',
    { ...ensemble, result: { ...(ensemble.result as Plain), 'new\n': 1 } },
    byField('result.new\\n is unknown'),
  ],
  ['a part of a list', { ...ensemble, warnings: [1] }, byField('warnings.0 must be a text')],
  ['nothing', null, 'a JSON result of trajectories'],
])('an ensemble with %s is neither gone on with nor merged', async (what, content, says) => {
  const path = file(what, content);
  expect(await refusal('trajectories', '--resume', path, '--count', '1000')).toContain(says);
  said = [];
  const other = file('other', await ensembleDocument({ seed: 9 }));
  expect(await refusal('trajectories', '--merge', other, path)).toContain(says);
});

test('the same file twice is not merged', async () => {
  const path = file('once', ensemble);
  expect(await refusal('trajectories', '--merge', path, path)).toBe(
    '--merge must be files without common trajectories, but got "trajectories 0 to 255 of seed 7 twice"\n',
  );
});

test('a file in other words is as good as it was', async () => {
  const path = file('spaced', JSON.stringify({ ...ensemble, seconds: 1 }, null, 2));
  const { atoms } = ensembleSystem;
  // It gets as far as what is asked of it.
  expect(
    await refusal('trajectories', '--resume', path, '--atoms', String(atoms + 1), '--count', '1000'),
  ).toContain(`--atoms must be ${atoms}, as in `);
});
