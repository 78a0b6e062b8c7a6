/** A measured value: one standard error for ensembles, an error bound for eigenvalues. */
export interface Measured {
  readonly value: number;
  readonly error: number;
}
