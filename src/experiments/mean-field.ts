/** The mean field's steady states and where it is bistable: no GPU needed. */
import { bistableInterval, meanFieldBranches } from '../mean-field/branches';
import { meanFieldSqueezing } from '../mean-field/squeezing';
import { meanFieldRates } from '../parameters/system';
import type { Experiment } from './experiment';

export interface MeanFieldResult {
  /** by rising sz; per atom */
  readonly branches: readonly {
    readonly sz: number;
    readonly sy: number;
    readonly stable: boolean;
    /** xi^2 by Eq. (7), which rests on a long mean spin: it means something on the lower branch only */
    readonly squeezing: number;
  }[];
  /** in Omega/Omega_c; null where no drive gives two stable branches */
  readonly bistable: { readonly from: number; readonly to: number } | null;
}

export const meanField: Experiment<null, MeanFieldResult> = {
  command: 'mean-field',
  options: () => null,
  units: { options: '1', result: '1' },
  run: async (parameters) => {
    const rates = meanFieldRates(parameters);
    return {
      branches: meanFieldBranches(rates, parameters.omega).map((branch) => ({
        sz: branch.sz,
        sy: branch.sy,
        stable: branch.stable,
        squeezing: meanFieldSqueezing(rates, branch),
      })),
      bistable: bistableInterval(rates),
    };
  },
};
