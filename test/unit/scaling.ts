/** One system in several units. */
import type { SystemInput } from '../../src/parameters/system-options';

/** Every number of a result by its path. */
export type Numbers = Readonly<Record<string, number>>;

export function numbersIn(value: unknown, path = ''): Numbers {
  if (typeof value === 'number') return { [path]: value };
  if (typeof value !== 'object' || value === null) return {};
  const inner = Object.entries(value).map(([key, part]) => numbersIn(part, `${path}/${key}`));
  return Object.assign({}, ...inner);
}

/**
 * 1 for what was multiplied by the factor, bit for bit, -1 for what was divided by it, 1/2 for what was multiplied by its root, 0 for what stayed; nothing for
 * zeros, which all three do. NaN is for what did neither.
 */
export function powersIn(first: Numbers, other: Numbers, factor: number): Numbers {
  const powers = Object.entries(first).map(([path, value]) => {
    const power = [0, 1, -1, 1 / 2].find((power) => other[path] === value * factor ** power);
    return [path, power ?? Number.NaN] as const;
  });
  return Object.fromEntries(powers.filter(([path]) => first[path] !== 0 || other[path] !== 0));
}

export interface Rates extends Omit<SystemInput, 'ratio' | 'drive'> {
  readonly atoms: number;
  readonly gamma1d: number;
  readonly gammaf: number;
  readonly omega: number;
}

/** The same system where all rates are larger by that factor. */
export function scaled({ atoms, ...rates }: Rates, factor: number): Rates {
  const larger = Object.entries(rates).map(([name, rate]) => [name, rate! * factor]);
  return { atoms, ...Object.fromEntries(larger) };
}

/** Numbers in [0, 1), the same in every run. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
