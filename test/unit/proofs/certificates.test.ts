/** Certificates: what was proven is found proven by who has the file alone, and of altered files none proves what is not true. */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type SystemParameters, systemParameters } from '../../../src/parameters/system';
import type { SystemInput } from '../../../src/parameters/system-options';
import { CertificateError, readCertificate, writeCertificate } from '../../../src/proofs/certificate';
import type { Interval } from '../../../src/proofs/intervals';
import { verify } from '../../../src/proofs/verify';
import { SMALL } from '../reference';
import { runWithoutGpu } from '../run-without-gpu';
import truths from './forty-digits.json';

async function certified(command: string, system: SystemInput, options: object) {
  let bytes = new Uint8Array();
  const { result, parameters } = await runWithoutGpu(command, system, options, {
    tell: (event) => {
      if (event.kind === 'certificate') bytes = Uint8Array.from(event.bytes);
    },
  });
  return { bytes, parameters, proven: (result as { proven?: object }).proven };
}

const inputOf = ({ atoms, gamma1D, gammaF, omega }: SystemParameters) => ({
  atoms,
  gamma1d: gamma1D,
  gammaf: gammaF,
  omega,
});
const small = inputOf(SMALL.system);
const detuned = { atoms: 5, gamma1d: 2, omega: 1.6, detuning: 0.4, collectiveShift: -0.2, dephasing: 0.3 };
const truth: Readonly<Record<string, string>> = truths.small;

let means: Awaited<ReturnType<typeof certified>>;
let lifetime: Awaited<ReturnType<typeof certified>>;
beforeAll(async () => {
  means = await certified('steady-state', small, { prove: 'Sx,Sy,Sz,squeezing' });
  lifetime = await certified('metastable', small, {});
});

/** Whether it proves something, and what; a file that is refused is refused in words. */
function provenBy(bytes: Uint8Array) {
  try {
    return verify(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(CertificateError);
    expect((error as Error).message).toMatch(/\.$/);
    return null;
  }
}

test('what was proven is proven again from the file, in any unit', async () => {
  for (const unit of [1, 1e-30, 1e30]) {
    const system = {
      ...detuned,
      ...Object.fromEntries(
        Object.entries({ gammaf: 1, ...detuned }).map(([name, value]) => [
          name,
          name === 'atoms' ? value : value * unit,
        ]),
      ),
    };
    for (const [command, options] of [
      ['steady-state', { prove: 'Sx,Sy,Sz,Sz2,squeezing' }],
      ['gap', { prove: 'on' }],
      ['metastable', {}],
    ] as const) {
      const { bytes, proven, parameters } = await certified(command, system, options);
      const proof = verify(bytes);
      expect(proof.proven).toEqual(proven);
      expect(proof.parameters).toEqual(parameters);
      expect(proof.command).toBe(command);
    }
  }
});

test('without a proof there is no certificate', async () => {
  expect((await certified('steady-state', small, {})).bytes.length).toBe(0);
});

test('every byte changed, left out or added is seen', () => {
  for (const { bytes } of [means, lifetime]) {
    expect(provenBy(bytes)).not.toBeNull();
    for (let i = 0; i < bytes.length; i++) {
      const altered = bytes.slice();
      altered[i] ^= 1 << (i % 8);
      expect(provenBy(altered), `byte ${i}`).toBeNull();
    }
    for (const end of [0, 7, 20, 47, bytes.length - 1]) expect(provenBy(bytes.slice(0, end))).toBeNull();
    expect(provenBy(Uint8Array.of(...bytes, 0))).toBeNull();
  }
});

/** Altered and sealed anew. */
function forged(
  bytes: Uint8Array,
  change: (header: Record<string, unknown>, operators: Record<string, Float64Array>) => void,
): Uint8Array {
  const { header, operators } = readCertificate(bytes);
  const { schema: _, operators: __, ...said } = structuredClone(header);
  const copy = Object.fromEntries(Object.entries(operators).map(([name, x]) => [name, x.slice()]));
  change(said, copy);
  return writeCertificate(said, copy);
}

const isTrue = (proven: Readonly<Record<string, Interval | number>>) =>
  Object.entries(proven).every(([name, claim]) => {
    const { lower, upper } = claim as Interval;
    return lower <= Number(truth[name]) && Number(truth[name]) <= upper;
  });

test('1000 forged certificates of means: each is refused, or what it claims is true', () => {
  const numbers = fc.oneof(
    fc.double({ min: -12, max: 1, noNaN: true }).map((log) => 10 ** log),
    fc.constantFrom(0, 1e300, Number.POSITIVE_INFINITY, Number.NaN),
  );
  const alteration = fc.record({
    what: fc.constantFrom('claim', 'operator', 'swap'),
    pick: fc.nat(),
    place: fc.nat(),
    by: numbers,
    isDown: fc.boolean(),
  });
  let [refused, proven] = [0, 0];
  for (const { what, pick, place, by, isDown } of fc.sample(alteration, { numRuns: 1000, seed: 18 })) {
    const step = isDown ? -by : by;
    const bytes = forged(means.bytes, (header, operators) => {
      const claims = header.proven as Record<string, { lower: number; upper: number }>;
      const names = Object.keys(what === 'claim' ? claims : operators);
      const name = names[pick % names.length];
      if (what === 'claim') claims[name][place % 2 ? 'lower' : 'upper'] += step;
      else if (what === 'operator') operators[name][place % operators[name].length] += step;
      else [operators[name], operators[names[0]]] = [operators[names[0]], operators[name]];
    });
    const proof = provenBy(bytes);
    if (proof === null) refused++;
    else {
      proven++;
      expect(isTrue(proof.proven)).toBe(true);
    }
  }
  // Claims that were widened stay true; a change far below the margin changes nothing.
  expect(refused).toBeGreaterThan(600);
  expect(proven).toBeGreaterThan(20);
});

test('of another system the same operators prove nothing, and no system that there is not', () => {
  const changes: Record<string, number>[] = [
    ...['gamma1D', 'gammaF', 'omega'].map((name) => ({
      [name]: (SMALL.system as unknown as Record<string, number>)[name] * (1 + 1e-9),
    })),
    ...[
      'detuning',
      'collectiveShift',
      'pumping',
      'dephasing',
      'collectivePumping',
      'collectiveDephasing',
    ].map((name) => ({ [name]: 1e-9 })),
    ...[{ atoms: 4 }, { atoms: 6 }, { atoms: 1e9 }, { atoms: -1 }, { gammaF: -1 }, { gammaF: 0 }],
  ];
  for (const change of changes)
    for (const { bytes } of [means, lifetime]) {
      const altered = forged(bytes, ({ parameters }) => {
        Object.assign(parameters as object, change);
      });
      expect(provenBy(altered), JSON.stringify(change)).toBeNull();
    }
});

test('a lifetime that is said better than it is proven is refused', () => {
  const alter = (change: (proven: Record<string, number>, operators: Record<string, Float64Array>) => void) =>
    provenBy(
      forged(lifetime.bytes, ({ proven }, operators) => change(proven as Record<string, number>, operators)),
    );
  expect(alter(() => {})).not.toBeNull();
  expect(alter((proven) => (proven.within *= 2))).not.toBeNull();
  expect(alter((proven) => (proven.until /= 2))).not.toBeNull();
  for (const better of [
    (proven: Record<string, number>) => (proven.within *= 1 - 1e-12),
    (proven: Record<string, number>) => (proven.within = -1),
    (proven: Record<string, number>) => (proven.until *= 1 + 1e-12),
    (proven: Record<string, number>) => (proven.rate *= 1 + 1e-9),
    (proven: Record<string, number>) => (proven.rate *= -1),
    (proven: Record<string, number>) => (proven.rate = 0),
  ])
    expect(alter(better), String(better)).toBeNull();
  // Beyond 0 and 1.
  const scaled = (factor: number) => (_: unknown, operators: Record<string, Float64Array>) => {
    operators.Q = operators.Q.map((value) => value * factor);
  };
  expect(alter(scaled(1.01))).toBeNull();
  expect(alter(scaled(-1))).toBeNull();
  expect(alter((_, operators) => (operators.u = operators.u.map(() => 0)))).toBeNull();
  expect(alter((_, operators) => (operators.u = operators.u.map(() => 1e155)))).toBeNull();
  expect(alter((_, operators) => (operators.c = Float64Array.of(Number.NaN)))).toBeNull();
  expect(alter((_, operators) => delete operators.c)).toBeNull();
  expect(alter((_, operators) => delete operators.Q)).toBeNull();
  expect(alter((_, operators) => delete operators.u)).toBeNull();
});

test('claims of what is no moment, of nothing, and of what has no operator are refused', () => {
  const claims = (proven: object) => provenBy(forged(means.bytes, (header) => (header.proven = proven)));
  const wide = { lower: -1e9, upper: 1e9 };
  for (const wrong of [
    {},
    { entropy: wide },
    { constructor: wide },
    { Sz: { lower: 0 } },
    { Sz: null },
    { Sz: 1 },
  ])
    expect(claims(wrong), JSON.stringify(wrong)).toBeNull();
  expect(claims({ Sz: wide })).not.toBeNull();
  const without = forged(means.bytes, (_, operators) => delete operators.Sz);
  expect(provenBy(without)).toBeNull();
});

test('the diagonals of B, which no Hermitian operator has, are nothing', async () => {
  const { bytes } = await certified('steady-state', detuned, { prove: 'Sz' });
  const n = systemParameters(detuned).atoms === 5 ? 34 : 0;
  const altered = forged(bytes, (_, { Sz }) => {
    expect(Sz.length).toBe(2 * n);
    Sz[n] = 1e6;
  });
  expect(provenBy(altered)!.proven).toEqual(verify(bytes).proven);
});
