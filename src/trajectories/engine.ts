/** What walks an ensemble: a GPU by the programs in `shaders/`, or the CPU by those in `assembly/`. */
import type { EnsembleRequest } from './request';
import type { BatchSummary } from './summary';

export interface EnsembleProgress {
  /** trajectories walked to their end, earlier ones included */
  readonly trajectories: number;
  /** share of all samples taken, 0 to 1 */
  readonly share: number;
}

/**
 * Both draw the same random numbers for a seed's trajectory, so that they agree to float32's rounding until it changes a
 * decision; what one has begun the other can go on with.
 */
export interface Engine {
  readonly name: 'gpu' | 'cpu';
  /**
   * Yields each batch as it finishes, in the order of their trajectories. Ends early when the signal fires; what is under
   * way is then dropped whole, since keeping its early finishers would favour the trajectories that jump less.
   * @throws UnravelingError, and the errors of the engine's device or threads
   */
  readonly walk: (
    request: EnsembleRequest,
    signal: AbortSignal,
    onProgress: (progress: EnsembleProgress) => void,
  ) => AsyncGenerator<BatchSummary, void>;
}
