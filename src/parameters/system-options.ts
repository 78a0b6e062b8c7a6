/** The one table of what may be said of a system. */
import { keysOf, type NumberKind, type Option } from './options';

/** The largest number of atoms taken. */
export const MAX_ATOMS = 1000;

/** The largest rate taken, in the system's own unit: its square times N^2 is then still a number in single precision. */
export const MAX_RATE = 1e12;

export interface SystemOption extends Option<NumberKind> {
  readonly page: {
    readonly label: string;
    readonly symbol: string;
    hint?: string;
    first?: string;
    /** of the general model, beyond Eq. (1) */
    readonly isMore?: boolean;
  };
  /** the system's quantity that it says */
  readonly parameter?: string;
  /** the options that it replaces */
  readonly insteadOf?: readonly string[];
}

const rate = { kind: 'number', from: 0, to: MAX_RATE, unit: 'rate' } as const;
const signedRate = { ...rate, from: -MAX_RATE } as const;

/**
 * What a user may say of a system. All rates are in one unit of the user's choice, times in its inverse; hbar = 1. What
 * is left out is figure 4's. Those with a `parameter` are the system's quantities, and together tell two systems apart.
 */
export const systemOptions = {
  /** N */
  atoms: {
    value: { kind: 'whole number', from: 1, to: MAX_ATOMS, default: 18 },
    parameter: 'atoms',
    page: { label: 'Atoms', symbol: '*N*' },
    placeholder: 'N',
    help: `number of atoms, 1 to ${MAX_ATOMS}`,
  },
  /** gamma_1D, the collective decay through the cavity */
  gamma1d: {
    value: { ...rate, default: 10 },
    parameter: 'gamma1D',
    page: { label: 'Collective', symbol: '*γ*_{1D}' },
    placeholder: 'A',
    help: 'collective decay rate gamma_1D',
  },
  /** gamma_F, the decay of each atom by itself */
  gammaf: {
    value: { ...rate, default: 1 },
    parameter: 'gammaF',
    page: { label: 'Individual', symbol: '*γ*_F' },
    placeholder: 'B',
    help: 'individual decay rate gamma_F',
  },
  /** Gamma/gamma at gamma = 1 */
  ratio: {
    value: { kind: 'number', above: 0, to: MAX_ATOMS - 1 },
    insteadOf: ['gamma1d', 'gammaf'],
    page: { label: '', symbol: '*Γ*/*γ*', hint: 'with γ = 1, up to N − 1', first: '15.5' },
    placeholder: 'R',
    help: 'instead of both: Gamma/gamma, in units of gamma = gamma_1D + gamma_F',
  },
  /** Omega/Omega_c */
  drive: {
    value: { kind: 'number', from: 0, to: MAX_RATE, default: 0.73 },
    insteadOf: ['omega'],
    page: { label: 'Drive', symbol: '*Ω*/*Ω*_c' },
    placeholder: 'X',
    help: 'drive Omega/Omega_c',
  },
  /** Omega: the drive's Hamiltonian is 2 Omega S_x, Eq. (1) */
  omega: {
    value: rate,
    parameter: 'omega',
    page: { label: 'Drive', symbol: '*Ω*', first: '31.025' },
    placeholder: 'W',
    help: 'instead of --drive: Omega itself',
  },
  /** delta, laser minus atom: the Hamiltonian has -delta S_z, Eq. (S9) */
  detuning: {
    value: { ...signedRate, default: 0 },
    parameter: 'detuning',
    page: { label: 'Detuning', symbol: '*δ*', isMore: true },
    placeholder: 'd',
    help: 'detuning delta, laser minus atom',
  },
  /** Delta: the Hamiltonian has Delta S_+ S_-, Eq. (S10), each atom with itself included */
  collectiveShift: {
    value: { ...signedRate, default: 0 },
    parameter: 'collectiveShift',
    page: { label: 'Collective shift', symbol: '*Δ*', isMore: true },
    placeholder: 'D',
    help: 'collective shift Delta, of S_+ S_-',
  },
  /** w, of each atom by itself: sigma_+ */
  pumping: {
    value: { ...rate, default: 0 },
    parameter: 'pumping',
    page: { label: 'Pumping', symbol: '*w*', isMore: true },
    placeholder: 'P',
    help: 'rate of incoherent pumping of each atom, of sigma_+',
  },
  /** of each atom by itself: sigma_z / 2 */
  dephasing: {
    value: { ...rate, default: 0 },
    parameter: 'dephasing',
    page: { label: 'Dephasing', symbol: '*γ*_φ', isMore: true },
    placeholder: 'F',
    help: 'rate of dephasing of each atom, of sigma_z / 2',
  },
  /** of S_+ */
  collectivePumping: {
    value: { ...rate, default: 0 },
    parameter: 'collectivePumping',
    page: { label: 'Collective pumping', symbol: '*W*', isMore: true },
    placeholder: 'Q',
    help: 'rate of collective pumping, of S_+',
  },
  /** of S_z */
  collectiveDephasing: {
    value: { ...rate, default: 0 },
    parameter: 'collectiveDephasing',
    page: { label: 'Collective dephasing', symbol: '*Γ*_φ', isMore: true },
    placeholder: 'G',
    help: 'rate of collective dephasing, of S_z',
  },
} as const satisfies Readonly<Record<string, SystemOption>>;

type SystemTable = typeof systemOptions;

/** What a user may say, by the options' names. */
export type SystemInput = { readonly [Name in keyof SystemTable]?: number | undefined };

export type Quantities = {
  readonly [Name in keyof SystemTable as SystemTable[Name] extends {
    parameter: infer Quantity extends string;
  }
    ? Quantity
    : never]: number;
};
export type Quantity = keyof Quantities;

/** A system's quantities, each with the option that says it. */
export const quantities = keysOf(systemOptions).flatMap((name) => {
  const option: SystemOption = systemOptions[name];
  return option.parameter === undefined ? [] : [{ quantity: option.parameter as Quantity, name, option }];
});
