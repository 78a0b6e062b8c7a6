/** The two metastable states as a Markov process: Eqs. (9) and (10). */

/** One number for "+" and one for "-". */
export interface OfTwo {
  readonly plus: number;
  readonly minus: number;
}

/**
 * The rates out of the two states, Eq. (10): Gamma_+- = lambda_1 a_-+, each the other state's weight times lambda_1.
 * @param lambda1 the slow mode's decay rate, in the unit of the rates
 * @param weights of the states in the steady state: the paper's a_+- or the committor's p_+ and 1 - p_+
 * @returns in the unit of lambda1
 */
export function switchingRates(lambda1: number, weights: OfTwo): OfTwo {
  return { plus: lambda1 * weights.minus, minus: lambda1 * weights.plus };
}

/**
 * The chances to be in the two states at a time, Eq. (9): p_+-(t) = a_+- +- c_1 exp(-lambda_1 t). They solve Eq. (10),
 * and their sum stays that of the weights. With the committor's weights and the committor of the start as `start` they
 * hold exactly at any time; else once all faster modes have decayed.
 * @param start p_+ at time 0, which sets c_1
 * @param time in the inverse of lambda1's unit
 */
export function stateProbabilities(lambda1: number, weights: OfTwo, start: number, time: number): OfTwo {
  const left = (start - weights.plus) * Math.exp(-lambda1 * time);
  return { plus: weights.plus + left, minus: weights.minus - left };
}
