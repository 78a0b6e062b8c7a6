/** A measured value: one standard error for ensembles, an error bound for eigenvalues. */
export interface Measured {
  readonly value: number;
  readonly error: number;
}

/** An estimate, and whether its error is a floor: more than the trajectories' own scatter gives it. */
export interface Judged extends Measured {
  readonly hardlySeen: boolean;
}

/**
 * @param error that of the scatter, or of rounding
 * @param floor what the trajectories can have missed
 */
export function judged(value: number, error: number, floor: number): Judged {
  return { value, error: Math.max(error, floor), hardlySeen: floor > error };
}

export function estimateOf({ value, error }: Judged): Measured {
  return { value, error };
}
