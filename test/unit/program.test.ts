import { describe, expect, test } from 'vitest';
import { parse } from '../../src/command-line/program';

const words = (line: string) => line.split(' ').filter(Boolean);
const mistake = (line: string): string => {
  try {
    parse(words(line));
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`${line} was taken`);
};

test("system options go to the system, a command's own to the command", () => {
  const line =
    'trajectories --atoms 54 --ratio 15.5 --drive .75 --count 1e3 --burn-in 2 --seed 7 --json --out a';
  expect(parse(words(line))).toEqual({
    request: {
      command: 'trajectories',
      system: { atoms: 54, ratio: 15.5, drive: 0.75 },
      options: { count: 1000, burnIn: 2, seed: 7 },
    },
    json: true,
    out: 'a',
  });
});

test("a scaling takes several sizes, which are not one system's", () => {
  expect(parse(words('gap-scaling --atoms 18,24 --ratio 15.5'))).toMatchObject({
    request: { command: 'gap-scaling', system: { ratio: 15.5 }, options: { atoms: '18,24' } },
  });
});

test('nothing said is nothing passed on: defaults belong to the model', () => {
  expect(parse(['adapter'])).toEqual({
    request: { command: 'adapter', system: {}, options: {} },
    json: false,
    out: null,
  });
});

test.each(['--help', 'trajectories --help', '--version'])('%s is answered in text', (line) => {
  expect(parse(words(line))).toMatchObject({ text: expect.stringMatching(/\S/) });
});

describe('each mistake is one line that says what was wrong and what would do', () => {
  test.each([
    ['', /a command is needed: mean-field, .*--help/],
    ['trajectoris', /unknown command 'trajectoris' \(Did you mean trajectories\?\)/],
    ['dance', /unknown command 'dance'; the commands are mean-field, steady-state/],
    ['trajectories --dirve 1', /unknown option '--dirve' \(Did you mean --drive\?\)/],
    ['mean-field --colour red', /unknown option '--colour'; mean-field takes --atoms, --gamma1d/],
    ['mean-field --count 3', /unknown option '--count'/],
    ['mean-field 18', /too many arguments for 'mean-field'/],
    [
      'mean-field --atoms',
      /--atoms needs a value \(number of atoms, 1 to 1000; default 18\), but got nothing/,
    ],
    ['trajectories --seed', /--seed needs a value \(the same seed gives .*\), but got nothing/],
    ['mean-field --out', /--out needs a value \(.*folder\), but got nothing/],
    ['mean-field --drive fast', /--drive must be a number, but got "fast"/],
    ['trajectories --count many', /--count must be a number, but got "many"/],
    ['mean-field --drive --json', /--drive must be a number, but got "--json"/],
    ['mean-field --atoms= --json', /--atoms must be a number, but got ""/],
  ])('lab %s', (line, says) => {
    const message = mistake(line);
    expect(message).toMatch(says);
    expect(message).not.toContain('\n');
  });
});
