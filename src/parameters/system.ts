import { InputError } from './errors';
import { checkNumber, defaultsOf, flagOf, pick } from './options';
import {
  MAX_RATE,
  type Quantities,
  type Quantity,
  quantities,
  type SystemInput,
  systemOptions,
} from './system-options';
import { unitOf, unitOfLarge } from './unit';

/** In the user's unit, whatever that is: ratios of rates, and products with times and numbers of atoms, are then numbers. */
const LARGEST = 1e200;
const SMALLEST = 1e-200;

/** A checked system. */
export interface SystemParameters extends Quantities {
  /** Omega / Omega_c; null where Omega_c = 0 (one atom, or no collective decay) */
  readonly driveOverCritical: number | null;
}

/** Whether two are one system. */
export const sameSystem = (a: Quantities, b: Quantities) =>
  quantities.every(({ quantity }) => a[quantity] === b[quantity]);

/** A system as a user may say it: each quantity by itself. */
export const inputOf = (system: Quantities): SystemInput =>
  Object.fromEntries(quantities.map(({ quantity, name }) => [name, system[quantity]]));

const rates = quantities.filter(({ option }) => option.value.unit === 'rate').map(({ quantity }) => quantity);

/** The quantities that are rates of a jump operator, each real in the real gauge. */
export const dissipation = [
  'gamma1D',
  'gammaF',
  'pumping',
  'dephasing',
  'collectivePumping',
  'collectiveDephasing',
] as const satisfies readonly Quantity[];
export type Dissipation = Readonly<Record<(typeof dissipation)[number], number>>;

const dissipationOf = (system: Dissipation) => Object.values(pick(system, dissipation));

/** The unit of the rates that a system is computed in. */
export const ownUnit = (system: Quantities) =>
  unitOf(Object.values(pick(system, rates)).map(Math.abs), dissipationOf(system));

/** What the general model adds to Eq. (1): a detuning, a shift and more rates, each 0 by default. */
export const beyondEquation1 = quantities.filter(({ option }) => option.page.isMore);

/** What tells systems apart, by name: of the general model only what is not 0 in all of them. */
export const tellingQuantities = (systems: readonly Quantities[]) => {
  const told = quantities.filter(
    ({ quantity, option }) => !option.page.isMore || systems.some((system) => system[quantity] !== 0),
  );
  return [...told.map(({ quantity }) => quantity), 'driveOverCritical'] as const;
};

/** Whether it is a system of Eq. (1) alone. */
export const isEquation1 = (system: Quantities) =>
  beyondEquation1.every(({ quantity }) => system[quantity] === 0);

/** Whether its Liouvillian is real in the real gauge: on resonance, with no collective shift. */
export const isReal = ({ detuning, collectiveShift }: Pick<Quantities, 'detuning' | 'collectiveShift'>) =>
  detuning === 0 && collectiveShift === 0;

/** The same system with its rates in that unit. */
export const inUnit = (system: SystemParameters, unit: number): SystemParameters => ({
  ...system,
  ...Object.fromEntries(rates.map((quantity) => [quantity, system[quantity] / unit])),
});

/** The parameters that the mean field sees, Eqs. (2), (3) and (S19), in the unit of the rates. */
export interface MeanFieldRates {
  /** gamma = gamma_F + gamma_1D */
  readonly gamma: number;
  /** Gamma = (N - 1) gamma_1D */
  readonly Gamma: number;
  /** Omega_c = Gamma / 4 */
  readonly omegaCritical: number;
}

/** The system of the paper's figure 4, and of every command without options. */
export const DEFAULT_SYSTEM = defaultsOf(systemOptions);

/**
 * Checks what the user said and fills in what was left out.
 * @throws InputError naming the argument at fault
 */
export function systemParameters(input: SystemInput = {}): SystemParameters {
  const said = quantitiesSaid(input);
  const decay = input.ratio === undefined ? {} : decayByRatio(input.ratio, input, said.atoms);
  const decaying = { ...said, ...decay };
  if (Math.max(...dissipationOf(decaying)) === 0) {
    const takes =
      'a positive rate when --gamma1d is 0 (an atom has to decay, or else to be pumped or dephased)';
    throw new InputError('gammaf', decaying.gammaF, takes);
  }
  const { driveOverCritical, omega } = drive(input, decaying);
  const names = quantities.map(({ quantity }) => quantity);
  return { ...pick({ ...decaying, omega }, names), driveOverCritical };
}

/** Each quantity as it was said by itself, or its default; the drive may be said by Omega/Omega_c alone. */
function quantitiesSaid(input: SystemInput): Quantities {
  // With a ratio gamma is 1.
  const most = input.ratio === undefined ? mostRate(dissipationSaid(input)) : MAX_RATE;
  const said = quantities.flatMap(({ quantity, name, option }) => {
    const given = input[name] === undefined ? option.value.default : input[name];
    const value = number(given);
    const isRate = option.value.unit === 'rate';
    const isSigned = option.value.from !== undefined && option.value.from < 0;
    const size = isSigned ? Math.abs(value) : value;
    if (isRate && size > 0 && size < SMALLEST) {
      const takes = `0, or a number (a rate) of at least ${SMALLEST}${isSigned ? ' without its sign' : ''}`;
      throw new InputError(flagOf(name), value, takes);
    }
    const taken = isRate ? { ...option.value, from: isSigned ? -most : 0, to: most } : option.value;
    return given === undefined ? [] : [[quantity, checkNumber(name, taken, given, value)]];
  });
  return Object.fromEntries(said);
}

/** The rates of jumps as they were said, unchecked. */
const dissipationSaid = (input: SystemInput) =>
  quantities
    .filter(({ quantity }) => (dissipation as readonly string[]).includes(quantity))
    .map(({ name, option }) => number(input[name] ?? option.value.default));

/** Values may come from a link or a file, past the type checker; what is text is the faces' to read. */
const number = (given: unknown) => (typeof given === 'number' ? given : Number.NaN);

/** gamma, Gamma and Omega_c of a system. */
export function meanFieldRates(
  system: Pick<SystemParameters, 'atoms' | 'gamma1D' | 'gammaF'>,
): MeanFieldRates {
  const Gamma = (system.atoms - 1) * system.gamma1D;
  return { gamma: system.gammaF + system.gamma1D, Gamma, omegaCritical: Gamma / 4 };
}

/** Gamma/gamma; 0 where nothing decays */
export function decayRatio(system: Pick<SystemParameters, 'atoms' | 'gamma1D' | 'gammaF'>): number {
  const { Gamma, gamma } = meanFieldRates(system);
  return Gamma / (gamma || 1);
}

/** The same of other atoms at its Gamma/gamma, in units of gamma, but for the drive: the rest of its rates stays as it is in that unit. */
export function atSameRatio(system: SystemParameters, atoms: number): SystemInput {
  const { gamma } = meanFieldRates(system);
  const more = beyondEquation1
    .filter(({ quantity }) => system[quantity] !== 0)
    .map(({ quantity, name }) => [name, system[quantity] / (gamma || 1)]);
  return { atoms, ratio: decayRatio(system), ...Object.fromEntries(more) };
}

type Decay = Pick<SystemParameters, 'gamma1D' | 'gammaF'>;
type Drive = Pick<SystemParameters, 'omega' | 'driveOverCritical'>;

/** The paper's sweeps: gamma = 1, gamma_1D = R/(N-1), gamma_F = 1 - gamma_1D, which needs N - 1 >= R. */
function decayByRatio(ratio: number, input: SystemInput, atoms: number): Decay {
  for (const argument of systemOptions.ratio.insteadOf) {
    if (input[argument] !== undefined) {
      throw new InputError(argument, input[argument], 'left out when --ratio is given (it sets both rates)');
    }
  }
  if (atoms === 1) {
    throw new InputError('ratio', ratio, 'left out for one atom (Gamma = 0: give --gamma1d and --gammaf)');
  }
  if (!isNumber(ratio) || ratio <= 0 || ratio > atoms - 1) {
    const takes = `a number above 0 and up to N - 1 = ${atoms - 1} (Gamma/gamma at gamma = 1; then gammaF >= 0)`;
    throw new InputError('ratio', ratio, takes);
  }
  const gamma1D = ratio / (atoms - 1);
  if (gamma1D < SMALLEST) {
    throw new InputError('ratio', ratio, `a number (Gamma/gamma) of at least ${SMALLEST * (atoms - 1)}`);
  }
  return { gamma1D, gammaF: 1 - gamma1D };
}

/** The largest rate beside these rates of jumps. */
function mostRate(jumps: readonly number[]): number {
  return Math.min(MAX_RATE * unitOfLarge(jumps), LARGEST);
}

function drive(input: SystemInput, decaying: Dissipation & { readonly atoms: number }): Drive {
  const { atoms, gamma1D } = decaying;
  const largest = mostRate(dissipationOf(decaying));
  const omegaCritical = ((atoms - 1) * gamma1D) / 4;
  if (input.omega !== undefined) {
    if (input.drive !== undefined) {
      throw new InputError('drive', input.drive, 'left out when --omega is given (both say the drive)');
    }
    const { omega } = input;
    return { omega, driveOverCritical: omegaCritical === 0 ? null : omega / omegaCritical };
  }
  if (omegaCritical === 0) {
    const because = atoms === 1 ? 'one atom' : '--gamma1d 0';
    const takes = `given in place of --drive: with ${because}, Omega_c = (N - 1) gamma1D / 4 is 0`;
    throw new InputError('omega', undefined, takes);
  }
  const { drive: driveOverCritical = DEFAULT_SYSTEM.drive } = input;
  if (!isNumber(driveOverCritical) || driveOverCritical < 0 || driveOverCritical * omegaCritical > largest) {
    const most = largest / omegaCritical;
    throw new InputError(
      'drive',
      driveOverCritical,
      `a number (Omega/Omega_c) from 0 to ${most.toPrecision(3)}`,
    );
  }
  const omega = driveOverCritical * omegaCritical;
  if (driveOverCritical > 0 && omega < SMALLEST) {
    const least = (SMALLEST / omegaCritical).toPrecision(3);
    throw new InputError('drive', driveOverCritical, `0, or a number (Omega/Omega_c) of at least ${least}`);
  }
  return { omega, driveOverCritical };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
