/** The steady state of Eq. (1), exactly: for now by the float64 twin on the CPU, up to 54 atoms. */
import {
  type Moments,
  magnetizationDistribution,
  momentsOfRho,
  spinDistribution,
} from '../operators/moments';
import { MAX_TWIN_ATOMS, steadyState as solve } from '../twin/steady-state';
import type { Experiment } from './experiment';

export interface SteadyStateResult {
  /** of the collective spin, in the paper's axes */
  readonly moments: Omit<Moments, 'SySz'>;
  /** from m = -N/2 up */
  readonly Pm: readonly number[];
  /** from j = N/2 down */
  readonly Pj: readonly number[];
  /** |L rho_s| / |rho_s|, in the unit of the rates */
  readonly residual: number;
}

export const steadyState: Experiment<null, SteadyStateResult> = {
  command: 'steady-state',
  options: () => null,
  run: async (parameters, _, { warn, onProgress }) => {
    const pace = { seconds: 0, rate: null, eta: null };
    onProgress({ phase: 'steady state', done: 0, total: 1, unit: 'solutions', ...pace });
    const { pyramid, rho, residual } = solve(parameters);
    warn(`Computed on the CPU in float64, which takes at most ${MAX_TWIN_ATOMS} atoms.`);
    const { SySz: _SySz, ...moments } = momentsOfRho(pyramid, rho);
    return {
      moments,
      Pm: [...magnetizationDistribution(pyramid, rho)],
      Pj: [...spinDistribution(pyramid, rho)],
      residual,
    };
  },
};
