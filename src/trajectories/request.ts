import type { Ramp } from '../parameters/ramp';
import type { SystemParameters } from '../parameters/system';
import type { Detection } from './detection';
import type { PhotonRequest } from './photon-plan';
import type { Unraveling } from './unraveling';

/** What ensemble to walk. */
export interface EnsembleRequest {
  readonly system: SystemParameters;
  readonly unraveling: Unraveling;
  readonly seed: number;
  /** walks the seed's trajectories first ... first + count - 1; `first` begins a block */
  readonly first: number;
  readonly count: number;
  /** how many of them have been walked before, in whole blocks: these are not walked again; none by default */
  readonly done?: number;
  /** length of a trajectory, from all atoms in the ground state, in the inverse unit of the rates */
  readonly time: number;
  /** samples are taken at t = 0 and at this many equal steps up to `time` */
  readonly samples: number;
  /** samples at t < burnIn stay out of the time averages */
  readonly burnIn: number;
  /**
   * packed as a Pyramid's symmetric operator, where the system is not real followed by its antisymmetric part: its mean in a state is the chance to end up in "+"; with it every
   * trajectory's committor and <S_z> are read back, sample by sample
   */
  readonly committor?: Float64Array | null;
  /** how many of the first trajectories are kept sample by sample */
  readonly traces: number;
  /** what to record of the photons, where the jumps are photons; only their counts where it is left out */
  readonly photons?: PhotonRequest;
  /** the drive in time; constant where it is left out */
  readonly ramp?: Ramp | undefined;
  /** ideal, and of the quadrature at phase 0, where it is left out */
  readonly detection?: Detection;
}

/** Whether every trajectory's committor (0 without one) and <S_z> are read back, sample by sample. */
export const isReadBack = ({ committor, ramp }: Pick<EnsembleRequest, 'committor' | 'ramp'>) =>
  Boolean(committor) || ramp !== undefined;
