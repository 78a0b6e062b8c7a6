/** Certificates on the command line: written where they are asked for, checked with a status that tells. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { main } from '../../../src/command-line/main';

const folder = mkdtempSync(join(tmpdir(), 'lab-proofs-'));
afterAll(() => rmSync(folder, { recursive: true }));

let said = '';
let printed = '';
beforeEach(() => {
  [said, printed] = ['', ''];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  // Standard output may be a file here, which is written to by another way.
  vi.spyOn(process.stdout, 'write').mockImplementation((text, ...rest) => {
    printed += String(text);
    (rest.at(-1) as unknown as () => void)();
    return true;
  });
});

const words = (line: string) => line.split(' ');
const small = '--atoms 5 --gamma1d 2 --omega 1.6 --engine cpu';

test.each([
  [
    'steady-state',
    '--prove Sz,squeezing',
    /Sz +\[-1\.97288077\d+, -1\.97288077\d+\]\nsqueezing +\[0\.897101668\d+, 0\.897101668\d+\]/,
  ],
  ['gap', '--prove on', /rate +\d\.\d+\nwithin +[\d.e-]+\nuntil +[\d.]+/],
  ['metastable', '', /rate +\d\.\d+\nwithin +[\d.e-]+\nuntil +[\d.]+/],
])('a certificate of %s is written, and checked', async (command, prove, proven) => {
  const file = join(folder, `${command}.proof`);
  expect(await main(words(`${command} ${small} ${prove} --certificate ${file}`.replaceAll(/ +/g, ' ')))).toBe(
    0,
  );
  expect(printed).toContain('proven.');
  expect(said).toContain(`Wrote ${file}`);
  printed = '';
  expect(await main(['verify', file])).toBe(0);
  expect(printed).toMatch(new RegExp(`^${command}: N = 5, gamma_1D = 2, gamma_F = 1`));
  expect(printed).toMatch(proven);
  expect(printed).toMatch(/\nProven\.\n$/);
  const bytes = readFileSync(file);
  bytes[bytes.length - 50] ^= 1;
  writeFileSync(file, bytes);
  [said, printed] = ['', ''];
  expect(await main(['verify', file])).toBe(1);
  expect(printed).toBe('');
  expect(said).toBe('Not proven. It was altered: its content is not that of its SHA-256.\n');
});

test('where nothing is proven no certificate is written, and the run says so', async () => {
  const file = join(folder, 'pair.proof');
  const pair = `gap --atoms 6 --gamma1d 0.1 --drive 30 --engine cpu --prove on --certificate ${file}`;
  expect(await main(words(pair))).toBe(1);
  expect(said).toContain('No certificate was written.');
  expect(existsSync(file)).toBe(false);
});

test.each([
  [`steady-state --certificate ${folder}/x.proof`, '--certificate must be given with --prove'],
  [`gap --certificate ${folder}/x.proof`, '--certificate must be given with --prove'],
  [`metastable --certificate ${folder}`, '--certificate must be a file to write to'],
  [`metastable --certificate ${folder}/none/x.proof`, '--certificate must be a file to write to'],
  [`verify ${folder}/none`, 'verify needs a file that can be read'],
  ['verify', 'verify needs the FILE of a certificate'],
  ['mean-field --certificate x', "unknown option '--certificate'"],
])('%s is bad input', async (line, says) => {
  expect(await main(words(line))).toBe(2);
  expect(said).toContain(says);
  expect(printed).toBe('');
});
