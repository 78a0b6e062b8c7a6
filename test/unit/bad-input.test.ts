/** Every option, given wrongly, ends with status 2 and one line that names it, before any browser starts. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from '../../src/command-line/main';

let said: string[] = [];
let printed: string[] = [];

beforeEach(() => {
  [said, printed] = [[], []];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
});

afterEach(() => vi.restoreAllMocks());

const system = [
  ['--atoms 0', '--atoms', '0'],
  ['--atoms 1001', '--atoms', '1001'],
  ['--atoms 2.5', '--atoms', '2.5'],
  ['--atoms many', '--atoms', '"many"'],
  ['--atoms', '--atoms', 'nothing'],
  ['--gamma1d -1', '--gamma1d', '-1'],
  ['--gamma1d x', '--gamma1d', '"x"'],
  ['--gamma1d 1e99', '--gamma1d', '1e\\+99'],
  ['--gammaf -0.1', '--gammaf', '-0.1'],
  ['--gammaf Infinity', '--gammaf', 'Infinity'],
  ['--gamma1d 0 --gammaf 0', '--gammaf', '0'],
  ['--ratio 0', '--ratio', '0'],
  ['--ratio 17.5', '--ratio', '17.5'],
  ['--ratio 5 --gammaf 1', '--gammaf', '1'],
  ['--ratio x', '--ratio', '"x"'],
  ['--drive -0.5', '--drive', '-0.5'],
  ['--drive x', '--drive', '"x"'],
  ['--drive NaN', '--drive', '"NaN"'],
  ['--omega -1', '--omega', '-1'],
  ['--omega x', '--omega', '"x"'],
  ['--omega 1 --drive 1', '--drive', '1'],
  ['--atoms 1', '--omega', 'nothing'],
  ['--detuning x', '--detuning', '"x"'],
  ['--detuning', '--detuning', 'nothing'],
  ['--detuning -1e99', '--detuning', '-1e\\+99'],
  ['--detuning 1e-300', '--detuning', '1e-300'],
  ['--collective-shift Infinity', '--collective-shift', 'Infinity'],
  ['--collective-shift x', '--collective-shift', '"x"'],
  ['--pumping -1', '--pumping', '-1'],
  ['--pumping x', '--pumping', '"x"'],
  ['--dephasing -0.1', '--dephasing', '-0.1'],
  ['--dephasing 1e99', '--dephasing', '1e\\+99'],
  ['--collective-pumping -2', '--collective-pumping', '-2'],
  ['--collective-pumping x', '--collective-pumping', '"x"'],
  ['--collective-dephasing -2', '--collective-dephasing', '-2'],
  ['--collective-dephasing x', '--collective-dephasing', '"x"'],
  ['--hdf5', '--out', 'nothing'],
] as const;

const ofCavity = [
  ['--g 0', '--g', '0'],
  ['--g x', '--g', '"x"'],
  ['--g', '--g', 'nothing'],
  ['--kappa -1', '--kappa', '-1'],
  ['--kappa x', '--kappa', '"x"'],
  ['--cavity-detuning 1e300', '--cavity-detuning', '1e\\+300'],
  ['--cavity-detuning x', '--cavity-detuning', '"x"'],
  ['--laser -1', '--laser', '-1'],
  ['--laser 1e190', '--laser', '1e\\+190'],
  ['--atoms 0', '--atoms', '0'],
  ['--gammaf -1', '--gammaf', '-1'],
  ['--detuning x', '--detuning', '"x"'],
] as const;

const ensemble = [
  ['--count 1', '--count', '1'],
  ['--count 10.5', '--count', '10.5'],
  ['--count x', '--count', '"x"'],
  ['--time 0', '--time', '0'],
  ['--time -3', '--time', '-3'],
  ['--time x', '--time', '"x"'],
  ['--burn-in -1', '--burn-in', '-1'],
  ['--burn-in 100', '--burn-in', '100'],
  ['--burn-in x', '--burn-in', '"x"'],
  ['--samples 0', '--samples', '0'],
  ['--samples 1.5', '--samples', '1.5'],
  ['--samples x', '--samples', '"x"'],
  ['--unraveling heterodine', '--unraveling', '"heterodine"'],
  ['--gamma1d 0 --gammaf 0 --omega 1 --pumping 1', '--unraveling', '"dark-port"'],
  ['--seed -1', '--seed', '-1'],
  ['--seed 0.5', '--seed', '0.5'],
  ['--seed x', '--seed', '"x"'],
  ['--first -256', '--first', '-256'],
  ['--first 100', '--first', '100'],
  ['--max-seconds 0', '--max-seconds', '0'],
  ['--max-seconds soon', '--max-seconds', '"soon"'],
  ['--target-error 0', '--target-error', '0'],
  ['--target-error x', '--target-error', '"x"'],
  ['--target-error 1 --target-observable Sq', '--target-observable', '"Sq"'],
  ['--target-observable Sz', '--target-error', 'nothing'],
  ['--unraveling photodetection --efficiency -0.5', '--efficiency', '-0.5'],
  ['--unraveling homodyne --efficiency 0', '--efficiency', '0'],
  ['--unraveling heterodyne --efficiency 1.01', '--efficiency', '1.01'],
  ['--unraveling homodyne --efficiency x', '--efficiency', '"x"'],
  ['--efficiency 0.5', '--efficiency', '0.5'],
  ['--unraveling homodyne --phase NaN', '--phase', '"NaN"'],
  ['--unraveling homodyne --phase Infinity', '--phase', 'Infinity'],
  ['--unraveling homodyne --phase 11', '--phase', '11'],
  ['--unraveling photodetection --phase 1', '--phase', '1'],
  ['--unraveling heterodyne --phase 1', '--phase', '1'],
  ['--unraveling homodyne --records 3', '--records', '3'],
  ['--g2-time 1', '--g2-time', '1'],
  ['--records 3', '--records', '3'],
  ['--unraveling photodetection --g2-time -1', '--g2-time', '-1'],
  ['--unraveling photodetection --g2-time 20.5', '--g2-time', '20.5'],
  ['--unraveling photodetection --g2-time 1e-4', '--g2-time', '0.0001'],
  ['--unraveling photodetection --g2-bins 9', '--g2-time', 'nothing'],
  ['--unraveling photodetection --g2-time 1 --g2-bins 1.5', '--g2-bins', '1.5'],
  ['--unraveling photodetection --g2-time 1 --g2-bins 501', '--g2-bins', '501'],
  ['--unraveling photodetection --records 257', '--records', '257'],
  ['--resume nowhere.json', '--resume', '"nowhere.json"'],
  ['--resume README.md', '--resume', '"README.md"'],
  ['--resume package.json', '--resume', '"package.json"'],
  ['--merge package.json', '--merge', '"package.json"'],
  ['--merge README.md package.json', '--merge', '"README.md"'],
] as const;

const tolerance = [
  ['--tolerance 0', '--tolerance', '0'],
  ['--tolerance -1', '--tolerance', '-1'],
  ['--tolerance x', '--tolerance', '"x"'],
  ['--gammaf 0', '--gammaf', '0'],
] as const;

const scaling = [
  ['--atoms 18,x', '--atoms', '"18,x"'],
  ['--atoms 0,18', '--atoms', '"0,18"'],
  ['--atoms 18,1001', '--atoms', '"18,1001"'],
  ['--atoms 18,20.5', '--atoms', '"18,20.5"'],
  ['--ratio 5', '--ratio', '5'],
  ['--atoms 12,18 --ratio 15.5', '--atoms', '"12,18"'],
  // Without individual decay there is no gap.
  ['--atoms 18,24 --ratio 17', '--atoms', '"18,24"'],
] as const;

test.each([
  ...system.map(([line, ...rest]) => [`mean-field ${line}`, ...rest] as const),
  ...ofCavity.map(([line, ...rest]) => [`cavity ${line}`, ...rest] as const),
  ...tolerance.flatMap(([line, ...rest]) => [
    [`gap ${line}`, ...rest] as const,
    [`metastable ${line}`, ...rest] as const,
  ]),
  ...scaling.map(([line, ...rest]) => [`gap-scaling ${line}`, ...rest] as const),
  ['radiation --port window', '--port', '"window"'] as const,
  ['radiation --omega 0', '--omega', '0'] as const,
  ['radiation --efficiency 0', '--efficiency', '0'] as const,
  ['radiation --efficiency=-0.1', '--efficiency', '-0.1'] as const,
  ['radiation --taus 1,x', '--taus', '"1,x"'] as const,
  ['radiation --taus=-1', '--taus', '"-1"'] as const,
  ['radiation --frequencies', '--frequencies', 'nothing'] as const,
  ['radiation --counting-fields 0,9', '--counting-fields', '"0,9"'] as const,
  ['radiation --gamma1d 0 --omega 1', '--gamma1d', '0'] as const,
  ['radiation --gammaf 0', '--gammaf', '0'] as const,
  ['steady-state --gammaf 0', '--gammaf', '0'] as const,
  ['steady-state --prove', '--prove', 'nothing'] as const,
  ['steady-state --prove Sz,Sq', '--prove', '"Sz,Sq"'] as const,
  ['gap --prove Sz', '--prove', '"Sz"'] as const,
  ...ensemble.map(([line, ...rest]) => [`trajectories ${line}`, ...rest] as const),
])('lab %s', async (line, option, got) => {
  expect(await main(line.split(' '))).toBe(2);
  expect(printed).toEqual([]);
  expect(said).toEqual([expect.stringMatching(new RegExp(`^${option} [^\\n]*but got ${got}[^\\n]*\\n$`))]);
});

test.each([
  ['dance', "unknown command 'dance'"],
  ['mean-field --count 5', "unknown option '--count'"],
  ['mean-field 18', 'too many arguments'],
  ['cavity --drive 1', "unknown option '--drive'; cavity takes --atoms, --gammaf, --detuning, --g"],
])('lab %s', async (line, says) => {
  expect(await main(line.split(' '))).toBe(2);
  expect(printed).toEqual([]);
  expect(said).toEqual([expect.stringMatching(new RegExp(`^[^\\n]*${says}[^\\n]*\\n$`))]);
});
