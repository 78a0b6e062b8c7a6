/** What is recorded of a trajectory's state at each sample, in the order of the record's rows. */
import { keysOf } from '../parameters/options';
import { isReal, type SystemParameters } from '../parameters/system';

/** What an observable rests on; where that is missing, 0 is recorded and null is shown. */
export type Need = 'one CRSS' | 'slow mode';

interface ObservableFacts {
  /** in the markup of `notation` */
  readonly symbol: string;
  /** powers of the spin in it: it is of size (N/2)^power at most */
  readonly power: 0 | 1 | 2;
  /** between the least and the most that it can be in any state */
  readonly range: (atoms: number) => number;
  readonly needs?: Need;
  /** the square of an amplitude */
  readonly isWeight?: true;
  /** between states of different m: without a drive no trajectory has any */
  readonly isCoherence?: true;
  /** of those that are kept of single trajectories: what their plot spans */
  readonly trace?: (atoms: number) => readonly [from: number, to: number];
}

/** Of S_x^2 and its like N^2/4, less 1/4 where N is odd and m = 0 is none of the states'. */
const ofSecondMoment = (atoms: number) => (atoms ** 2 - (atoms % 2)) / 4;

/** Those of every system. */
export const observableTable = {
  Sy: {
    symbol: '⟨*S*_y⟩',
    power: 1,
    range: (atoms) => atoms,
    isCoherence: true,
    trace: (atoms) => [-atoms / 2, atoms / 2],
  },
  Sz: { symbol: '⟨*S*_z⟩', power: 1, range: (atoms) => atoms, trace: (atoms) => [-atoms / 2, atoms / 4] },
  Sx2: { symbol: '⟨*S*_x^2⟩', power: 2, range: ofSecondMoment },
  Sy2: { symbol: '⟨*S*_y^2⟩', power: 2, range: ofSecondMoment },
  Sz2: { symbol: '⟨*S*_z^2⟩', power: 2, range: ofSecondMoment },
  /** <S_y S_z + S_z S_y> / 2 */
  SySz: { symbol: '⟨*S*_y*S*_z + *S*_z*S*_y⟩/2', power: 2, range: ofSecondMoment, isCoherence: true },
  j: {
    symbol: 'spin *j*',
    power: 1,
    range: (atoms) => Math.floor(atoms / 2),
    trace: (atoms) => [0, atoms / 2 + 0.5],
  },
  /** |<CRSS|psi>|^2 with the CRSS of j = N/2, zero in every other j */
  crssFidelity: {
    symbol: 'fidelity with the CRSS',
    power: 0,
    range: () => 1,
    needs: 'one CRSS',
    isWeight: true,
    trace: () => [0, 1.02],
  },
  /** with the CRSS of the trajectory's own j */
  crssFidelityAllJ: {
    symbol: 'fidelity with the CRSS of any *j*',
    power: 0,
    range: () => 1,
    needs: 'one CRSS',
    isWeight: true,
    trace: () => [0, 1.02],
  },
  /** the chance to end up in "+" */
  committor: {
    symbol: 'committor *p*_+',
    power: 0,
    range: () => 1,
    needs: 'slow mode',
    trace: () => [-0.1, 1.1],
  },
} as const satisfies Readonly<Record<string, ObservableFacts>>;

/** Off resonance, with a collective shift and in diffusion; else these vanish along every trajectory (real gauge). */
const complexTable = {
  Sx: { symbol: '⟨*S*_x⟩', power: 1, range: (atoms) => atoms, isCoherence: true },
  SxSy: { symbol: '⟨*S*_x*S*_y + *S*_y*S*_x⟩/2', power: 2, range: ofSecondMoment, isCoherence: true },
  SxSz: { symbol: '⟨*S*_x*S*_z + *S*_z*S*_x⟩/2', power: 2, range: ofSecondMoment, isCoherence: true },
} as const satisfies Readonly<Record<string, ObservableFacts>>;

/**
 * What a detector of the collective output reads, a mean over the time since the last sample: dY/dt with vacuum noise <dY^2> = dt, so
 * that its error is that of the light. At t = 0, where nothing was read, its expectation.
 */
const currentTable = {
  /** homodyne: of mean sqrt(efficiency gamma_1D) <X>, X = exp(-i phase) S_- + h.c. */
  current: currentOf('current d*Y*/d*t*'),
  /** heterodyne: sqrt(1/2) as much of the quadratures at the phases 0 and pi/2 */
  currentI: currentOf('current d*Y*_0/d*t*'),
  currentQ: currentOf('current d*Y*_{π/2}/d*t*'),
} as const satisfies Readonly<Record<string, ObservableFacts>>;

/** Noise has no range: its scatter, which is in every sample, alone tells of its error. */
function currentOf(symbol: string) {
  return { symbol, power: 1, range: () => 0, isCoherence: true } as const;
}

type Table = typeof observableTable;
export type Observable = keyof Table;
export const observables: readonly Observable[] = keysOf(observableTable);
export type ComplexObservable = keyof typeof complexTable;
export const complexObservables: readonly ComplexObservable[] = keysOf(complexTable);

export type Current = keyof typeof currentTable;
export const currents: readonly Current[] = keysOf(currentTable);

/** Whatever may be recorded, and what is of a system, by an unravelling with these currents. */
export type Recorded = Observable | ComplexObservable | Current;
export const observablesOf = (
  system: Pick<SystemParameters, 'detuning' | 'collectiveShift'>,
  currents: readonly Current[] = [],
): readonly Recorded[] =>
  isReal(system) && currents.length === 0
    ? observables
    : [...observables, ...complexObservables, ...currents];

/** Something for each that is recorded. */
export type OfEach<Value> = Readonly<Record<Observable, Value>> & {
  readonly [Name in ComplexObservable | Current]?: Value;
};

const allFacts: Readonly<Record<Recorded, ObservableFacts>> = {
  ...observableTable,
  ...complexTable,
  ...currentTable,
};

/** The facts of one, in the form that all have. */
export const factsOf = (name: Recorded): ObservableFacts => allFacts[name];

/** Those that may be missing. */
export type Conditional = keyof {
  [Name in Observable as Table[Name] extends { needs: Need } ? Name : never]: Name;
};
/** Those that are kept of single trajectories. */
export type Traced = keyof {
  [Name in Observable as Table[Name] extends { trace: unknown } ? Name : never]: Name;
};
export const traced = observables.filter((name) => factsOf(name).trace !== undefined) as readonly Traced[];

/** Null in the place of each that lacks what it rests on. */
export const missing = (has: Readonly<Record<Need, boolean>>): { readonly [Name in Conditional]?: null } =>
  Object.fromEntries(
    observables.flatMap((name) => {
      const { needs } = factsOf(name);
      return needs !== undefined && !has[needs] ? [[name, null]] : [];
    }),
  );
