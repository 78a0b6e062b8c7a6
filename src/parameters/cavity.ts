/** What a cavity's own parameters make of the atoms in it, once its mode is eliminated: Eq. (S10). */
import { InputError } from './errors';

/** In one unit of rates, hbar = 1; an angular frequency is a rate. */
export interface CavityInput {
  /** N */
  readonly atoms: number;
  /** the coupling of one atom to the mode */
  readonly g: number;
  /** the decay of the mode's photons through the mirror */
  readonly kappa: number;
  /** delta_c, laser minus cavity */
  readonly cavityDetuning: number;
  /** Omega_L, how the laser drives the mode: Omega_L (c + c+) */
  readonly laser: number;
  /** delta, laser minus atom */
  readonly detuning: number;
}

export interface EffectiveParameters {
  /** Omega, its modulus: its phase is a choice of axes about z */
  readonly omega: number;
  /** gamma_1D */
  readonly gamma1D: number;
  /** Delta: the Hamiltonian has Delta S_+ S_-, so that one atom alone is detuned by delta - Delta */
  readonly collectiveShift: number;
  /**
   * How fast the atoms are beside the mode, each in units of |i delta_c - kappa/2|. The elimination holds where all are
   * far below 1: its errors are of their order.
   */
  readonly validity: {
    /** N gamma_1D */
    readonly collectiveDecay: number;
    /** |Omega| */
    readonly drive: number;
    /** N |Delta| */
    readonly collectiveShift: number;
    /** |delta| */
    readonly detuning: number;
  };
}

/**
 * Eq. (S10): with the mode's response 1/(i delta_c - kappa/2),
 *
 *     Omega = |g Omega_L / (i delta_c - kappa/2)|
 *     gamma_1D = g^2 kappa / (delta_c^2 + kappa^2/4)
 *     Delta = g^2 delta_c / (delta_c^2 + kappa^2/4)
 *
 * @throws InputError where a parameter is not a number of its range
 */
export function effectiveParameters(input: CavityInput): EffectiveParameters {
  const { atoms, g, kappa, cavityDetuning, laser, detuning } = input;
  if (!Number.isInteger(atoms) || atoms < 1) throw new InputError('atoms', atoms, 'a whole number from 1');
  if (!Number.isFinite(kappa) || kappa <= 0)
    throw new InputError('kappa', kappa, 'a number (a rate) above 0');
  for (const [name, value] of [
    ['g', g],
    ['cavity-detuning', cavityDetuning],
    ['laser', laser],
    ['detuning', detuning],
  ] as const)
    if (!Number.isFinite(value)) throw new InputError(name, value, 'a number (a rate)');
  const response = Math.hypot(cavityDetuning, kappa / 2);
  // Divided one by one: the squares of large and of small units would leave the range of numbers.
  const coupled = g / response;
  const gamma1D = coupled * (coupled * kappa);
  const collectiveShift = coupled * (coupled * cavityDetuning);
  const omega = Math.abs(coupled * laser);
  return {
    omega,
    gamma1D,
    collectiveShift,
    validity: {
      collectiveDecay: (atoms * gamma1D) / response,
      drive: omega / response,
      collectiveShift: (atoms * Math.abs(collectiveShift)) / response,
      detuning: Math.abs(detuning) / response,
    },
  };
}
