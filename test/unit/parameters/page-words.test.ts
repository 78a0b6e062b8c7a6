/** What is wrong with a view is said where a person sees it, in the words that are seen. */
import { expect, test } from 'vitest';
import { type Field, fieldOptions } from '../../../components/parameters/fields';
import { errorOnPage } from '../../../components/parameters/page-words';
import {
  checkView,
  defaultView,
  fieldsInUse,
  type View,
  withSystem,
} from '../../../components/parameters/view';
import { InputError } from '../../../src/parameters/errors';
import { sameSystem, systemParameters } from '../../../src/parameters/system';
import { philox, uniform01 } from '../../../src/twin/philox';

const texts = [
  '',
  ' ',
  '0',
  '1',
  '2',
  '18',
  '-1',
  '1e300',
  '1e-320',
  'NaN',
  'a',
  '15.5',
  '1e12',
  '400',
  '1,2',
  'dark-port',
];

/** A view with a few of its fields filled at random. */
function randomView(n: number): View {
  const values = { ...defaultView.values };
  const [a, b, c, d] = philox([n, 0, 0, 0], [12, 0]).map(uniform01);
  const fields = Object.keys(fieldOptions) as Field[];
  for (const field of fields) {
    const [which, whether] = philox([n, fields.indexOf(field), 1, 0], [12, 0]).map(uniform01);
    if (whether < a) values[field] = texts[Math.floor(which * texts.length)];
  }
  return {
    figure: d < 0.1 ? '9z' : '',
    rates: b < 0.5 ? 'ratio' : 'gammas',
    driveAs: c < 0.5 ? 'omega' : 'drive',
    values,
  };
}

test('every problem stands at a field that is seen, and names no option of the command line', () => {
  let faulty = 0;
  for (let n = 0; n < 1500; n++) {
    const view = randomView(n);
    const { parameters, sweep, problems } = checkView(view);
    const seen: string[] = ['figure', ...fieldsInUse(view)];
    const wrong = [...problems].filter(
      ([field, problem]) => !seen.includes(field) || /--|gamma|Gamma|Omega/.test(problem),
    );
    if (wrong.length > 0) expect(wrong, JSON.stringify(view)).toEqual([]);
    if (parameters === null || sweep === null) expect(problems.size).toBeGreaterThan(0);
    faulty += problems.size;
  }
  expect(faulty).toBeGreaterThan(1500);
});

test('without collective decay the drive in units of Omega_c is refused where it is asked for', () => {
  const { problems } = checkView({ ...defaultView, values: { ...defaultView.values, gamma1d: '0' } });
  expect([...problems]).toEqual([
    ['drive', 'Ω must be given in place of Ω/Ω_c: with γ_1D 0, Ω_c = (N - 1) γ_1D / 4 is 0.'],
  ]);
});

test('an error in full names the field as it is seen', () => {
  expect(errorOnPage(new InputError('gammaf', 0, 'a positive rate when --gamma1d is 0'))).toBe(
    'γ_F must be a positive rate when γ_1D is 0',
  );
  expect(errorOnPage(new Error('The device is lost.'))).toBe('The device is lost.');
});

test('a view that is given another system says it as before where that says just this system', () => {
  const systems = [
    { atoms: 18, ratio: 15.5, drive: 0.73 },
    { atoms: 54, gamma1d: 0.3, gammaf: 0.7, omega: 2.9 },
    { atoms: 7, gamma1d: 2, gammaf: 0.125, drive: 0.3 },
    { atoms: 1, gamma1d: 0, gammaf: 1, omega: 1 },
    { atoms: 5, gamma1d: 0, gammaf: 3, omega: 1e-5 },
  ].map(systemParameters);
  for (const rates of ['gammas', 'ratio'] as const) {
    for (const driveAs of ['drive', 'omega'] as const) {
      for (const system of systems) {
        const { parameters, problems } = checkView(withSystem({ ...defaultView, rates, driveAs }, system));
        expect([...problems]).toEqual([]);
        expect(sameSystem(parameters!, system)).toBe(true);
      }
    }
  }
  const said = withSystem({ ...defaultView, rates: 'ratio', driveAs: 'drive' }, systems[0]);
  expect(said).toMatchObject({ rates: 'ratio', driveAs: 'drive', values: { ratio: '15.5', drive: '0.73' } });
});
