import { DEFAULT_SYSTEM } from './system';
import type { SystemInput } from './system-options';

/** Evenly spaced values, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly points: number;
}

/** What a figure varies; the values replace the system's own. */
export interface Sweep {
  /** Omega / Omega_c */
  readonly drive?: Range;
  readonly atoms?: readonly number[];
  /** Gamma / gamma */
  readonly ratio?: readonly number[];
  /** of the mean field, in units of 1/gamma */
  readonly flow?: Range;
  /** of the master equation (S3) and trajectories (4), in units of 1/gamma_F */
  readonly time?: Range;
}

/** One of the paper's figures, or a system beyond it, to run. */
export interface Preset {
  readonly description: string;
  readonly system: SystemInput;
  /** null where the figure shows a single system's steady state */
  readonly sweep: Sweep | null;
}

/** Figures 3a, 3c and 3d, which vary the drive. */
const FIGURE_3: SystemInput = { atoms: 18, gamma1d: 10, gammaf: 1 };

const WHOLE_CURVE: Range = { from: 0, to: 1.2, points: 121 };
const AROUND_BISTABILITY: Range = { from: 0.5, to: 1, points: 51 };

/**
 * The paper's figures by number. The paper's text gives every system parameter; where it leaves the swept values to
 * the drawings (numbers of atoms in 2a, 2c, 2d and S4; ranges of the drive), those below are ours. Figure S1's
 * Gamma/gamma = 1000 would take 1001 atoms: 999, the most that 1000 atoms reach, looks the same.
 */
export const PRESETS = {
  '1b': {
    description: 'Mean-field inversion against the drive, Γ/γ = 15',
    system: { atoms: 18, ratio: 15 },
    sweep: { drive: WHOLE_CURVE },
  },
  '2a': {
    description: 'Steady-state magnetization against the drive for several N, Γ/γ = 15.5',
    system: { atoms: 54, ratio: 15.5 },
    sweep: { drive: AROUND_BISTABILITY, atoms: [18, 30, 54] },
  },
  '2b': {
    description: 'Bimodal distribution of the magnetization, N = 54, Ω = 0.75 Ω_c, Γ/γ = 15.5',
    system: { atoms: 54, ratio: 15.5, drive: 0.75 },
    sweep: null,
  },
  '2c': {
    description: 'Steady-state spin squeezing against the drive, Γ/γ = 15.5',
    system: { atoms: 54, ratio: 15.5 },
    sweep: { drive: WHOLE_CURVE, atoms: [18, 30, 54] },
  },
  '2d': {
    description: 'Liouvillian gap, minimised over the drive, against N, Γ/γ = 15.5',
    system: { atoms: 18, ratio: 15.5 },
    sweep: { atoms: [18, 24, 30, 36, 44, 54] },
  },
  '3a': {
    description: 'Magnetization of ρ₊ and ρ₋ against the drive, N = 18, γ₁D = 10 γ_F',
    system: FIGURE_3,
    sweep: { drive: AROUND_BISTABILITY },
  },
  '3b': {
    description: 'Distributions of the magnetization in ρ₊, ρ₋ and ρ_s, N = 18, γ₁D = 10 γ_F, Ω = 0.73 Ω_c',
    system: DEFAULT_SYSTEM,
    sweep: null,
  },
  '3c': {
    description: 'Fidelity of ρ₊ with the CRSS against the drive, N = 18, γ₁D = 10 γ_F',
    system: FIGURE_3,
    sweep: { drive: AROUND_BISTABILITY },
  },
  '3d': {
    description: 'Spin squeezing of ρ₊ against the drive, N = 18, γ₁D = 10 γ_F',
    system: FIGURE_3,
    sweep: { drive: AROUND_BISTABILITY },
  },
  '4': {
    description: 'Quantum switching in trajectories, N = 18, γ₁D = 10 γ_F, Ω = 0.73 Ω_c',
    system: DEFAULT_SYSTEM,
    sweep: { time: { from: 0, to: 100, points: 201 } },
  },
  S1: {
    description:
      'Mean-field inversion and dipole against the drive for several Γ/γ, and their expansion in γ',
    system: { atoms: 1000, ratio: 50 },
    sweep: { drive: WHOLE_CURVE, ratio: [10, 20, 50, 999] },
  },
  S2: {
    description: 'Mean-field dynamics from several starts and stability, Ω = 0.7 Ω_c, Γ/γ = 20',
    system: { atoms: 54, ratio: 20, drive: 0.7 },
    sweep: { drive: WHOLE_CURVE, flow: { from: 0, to: 10, points: 201 } },
  },
  S3: {
    description: 'Relaxation of the magnetization through the Dicke state, N = 18, Ω = 0.73 Ω_c, Γ/γ = 15.5',
    system: { atoms: 18, ratio: 15.5, drive: 0.73 },
    sweep: { time: { from: 0, to: 100, points: 201 } },
  },
  S4: {
    description: 'Distribution of the magnetization for several N and drives, Γ/γ = 15.5',
    system: { atoms: 54, ratio: 15.5, drive: 0.75 },
    sweep: { drive: { from: 0.7, to: 0.8, points: 3 }, atoms: [18, 30, 54] },
  },
} as const satisfies Record<string, Preset>;

/** A figure's number as the paper prints it. */
export type Figure = keyof typeof PRESETS;

/** Systems of the general model, by the names that a link has. */
export const BEYOND_THE_PAPER = {
  'off-resonance': {
    description: 'Off resonance: the bistable system of figure 4 at a detuning δ = 2',
    system: { ...DEFAULT_SYSTEM, drive: 0.75, detuning: 2 },
    sweep: { drive: AROUND_BISTABILITY },
  },
  dephased: {
    description: 'Dephased: the bistable system of figure 4 with dephasing at γ_F',
    system: { ...DEFAULT_SYSTEM, dephasing: 1 },
    sweep: { drive: AROUND_BISTABILITY },
  },
  'superradiant-laser': {
    description: 'Superradiant laser: 30 atoms, pumped at half of N γ₁D, without a drive',
    system: { atoms: 30, gamma1d: 1, gammaf: 0.1, pumping: 15, omega: 0 },
    sweep: null,
  },
} as const satisfies Record<string, Preset>;

export const ALL_PRESETS = { ...PRESETS, ...BEYOND_THE_PAPER };
/** What a link can run. */
export type PresetName = keyof typeof ALL_PRESETS;
