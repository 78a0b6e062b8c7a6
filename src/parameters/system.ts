import { InputError } from './errors';
import { unitOfLarge } from './unit';

/** The largest number of atoms taken. */
export const MAX_ATOMS = 1000;

/** The largest rate taken, in the system's own unit: its square times N^2 is then still a number in single precision. */
const MAX_RATE = 1e12;
/** In the user's unit, whatever that is: ratios of rates, and products with times and numbers of atoms, are then numbers. */
const LARGEST = 1e200;
const SMALLEST = 1e-200;

/** A checked system. All rates are in one unit of the user's choice, times in its inverse; hbar = 1. */
export interface SystemParameters {
  /** N */
  readonly atoms: number;
  /** gamma_1D, the collective decay through the cavity */
  readonly gamma1D: number;
  /** gamma_F, the decay of each atom by itself */
  readonly gammaF: number;
  /** Omega: the drive's Hamiltonian is 2 Omega S_x, Eq. (1) */
  readonly omega: number;
  /** Omega / Omega_c; null where Omega_c = 0 (one atom, or no collective decay) */
  readonly driveOverCritical: number | null;
}

/**
 * What a user may say, by the command line's names: `gamma1d` and `gammaf`, or else `ratio` (Gamma/gamma at gamma = 1);
 * `drive` (Omega/Omega_c) or else `omega`. What is left out is figure 4's.
 */
export interface SystemInput {
  readonly atoms?: number | undefined;
  readonly gamma1d?: number | undefined;
  readonly gammaf?: number | undefined;
  readonly ratio?: number | undefined;
  readonly drive?: number | undefined;
  readonly omega?: number | undefined;
}

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
export const DEFAULT_SYSTEM = { atoms: 18, gamma1d: 10, gammaf: 1, drive: 0.73 } as const;

/**
 * Checks what the user said and fills in what was left out.
 * @throws InputError naming the argument at fault
 */
export function systemParameters(input: SystemInput = {}): SystemParameters {
  const atoms = checkedAtoms(input.atoms ?? DEFAULT_SYSTEM.atoms);
  const decay = input.ratio === undefined ? decayByRates(input) : decayByRatio(input.ratio, input, atoms);
  return { atoms, ...decay, ...drive(input, atoms, decay) };
}

/** gamma, Gamma and Omega_c of a system. */
export function meanFieldRates(
  system: Pick<SystemParameters, 'atoms' | 'gamma1D' | 'gammaF'>,
): MeanFieldRates {
  const Gamma = (system.atoms - 1) * system.gamma1D;
  return { gamma: system.gammaF + system.gamma1D, Gamma, omegaCritical: Gamma / 4 };
}

type Decay = Pick<SystemParameters, 'gamma1D' | 'gammaF'>;
type Drive = Pick<SystemParameters, 'omega' | 'driveOverCritical'>;

function decayByRates(input: SystemInput): Decay {
  const gamma1D = input.gamma1d ?? DEFAULT_SYSTEM.gamma1d;
  const gammaF = input.gammaf ?? DEFAULT_SYSTEM.gammaf;
  const most = mostRate({ gamma1D, gammaF });
  checkRate('gamma1d', gamma1D, most);
  checkRate('gammaf', gammaF, most);
  if (gamma1D === 0 && gammaF === 0) {
    throw new InputError('gammaf', gammaF, 'a positive rate when --gamma1d is 0 (an atom has to decay)');
  }
  return { gamma1D, gammaF };
}

/** The paper's sweeps: gamma = 1, gamma_1D = R/(N-1), gamma_F = 1 - gamma_1D, which needs N - 1 >= R. */
function decayByRatio(ratio: number, input: SystemInput, atoms: number): Decay {
  for (const argument of ['gamma1d', 'gammaf'] as const) {
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
  return { gamma1D, gammaF: 1 - gamma1D };
}

/** The largest rate beside these decay rates. */
function mostRate(decay: Decay): number {
  return Math.min(MAX_RATE * unitOfLarge(decay), LARGEST);
}

function drive(input: SystemInput, atoms: number, decay: Decay): Drive {
  const { gamma1D } = decay;
  const omegaCritical = ((atoms - 1) * gamma1D) / 4;
  if (input.omega !== undefined) {
    if (input.drive !== undefined) {
      throw new InputError('drive', input.drive, 'left out when --omega is given (both say the drive)');
    }
    const { omega } = input;
    checkRate('omega', omega, mostRate(decay));
    return { omega, driveOverCritical: omegaCritical === 0 ? null : omega / omegaCritical };
  }
  if (omegaCritical === 0) {
    const because = atoms === 1 ? 'one atom' : '--gamma1d 0';
    const takes = `given in place of --drive: with ${because}, Omega_c = (N - 1) gamma1D / 4 is 0`;
    throw new InputError('omega', undefined, takes);
  }
  const driveOverCritical = input.drive ?? DEFAULT_SYSTEM.drive;
  if (
    !isNumber(driveOverCritical) ||
    driveOverCritical < 0 ||
    driveOverCritical * omegaCritical > mostRate(decay)
  ) {
    const most = mostRate(decay) / omegaCritical;
    throw new InputError(
      'drive',
      driveOverCritical,
      `a number (Omega/Omega_c) from 0 to ${most.toPrecision(3)}`,
    );
  }
  return { omega: driveOverCritical * omegaCritical, driveOverCritical };
}

function checkedAtoms(atoms: number): number {
  if (!Number.isInteger(atoms) || atoms < 1 || atoms > MAX_ATOMS) {
    throw new InputError('atoms', atoms, `a whole number from 1 to ${MAX_ATOMS}`);
  }
  return atoms;
}

function checkRate(argument: 'gamma1d' | 'gammaf' | 'omega', rate: number, most: number): void {
  if (!isNumber(rate) || rate < 0 || rate > most) {
    throw new InputError(argument, rate, `a number (a rate) from 0 to ${most}`);
  }
  if (rate > 0 && rate < SMALLEST) {
    throw new InputError(argument, rate, `0, or a number (a rate) of at least ${SMALLEST}`);
  }
}

/** Values may come from a link or a file, past the type checker. */
function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
