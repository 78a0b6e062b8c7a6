/** The mean field's steady states and where it is bistable: no GPU needed. */
import { bistableInterval, meanFieldBranches, meanFieldCaveat } from '../mean-field/branches';
import { lowerBranchSqueezing } from '../mean-field/squeezing';
import { meanFieldRates } from '../parameters/system';
import type { Experiment } from './experiment';

export interface MeanFieldResult {
  /** by rising sz; per atom */
  readonly branches: readonly {
    readonly sz: number;
    readonly sy: number;
    readonly stable: boolean;
    /** xi^2 by Eq. (7), which rests on a long mean spin; null but on the lower branch */
    readonly squeezing: number | null;
  }[];
  /** in Omega/Omega_c; null where no drive gives two stable branches */
  readonly bistable: { readonly from: number; readonly to: number } | null;
}

export const meanField: Experiment<null, MeanFieldResult> = {
  command: 'mean-field',
  options: () => null,
  units: { options: '1', result: '1' },
  run: async (parameters, _, { warn }) => {
    const caveat = meanFieldCaveat(parameters);
    if (caveat !== null) warn(caveat);
    const rates = meanFieldRates(parameters);
    return {
      branches: meanFieldBranches(rates, parameters.omega).map((branch) => ({
        sz: branch.sz,
        sy: branch.sy,
        stable: branch.stable,
        squeezing: lowerBranchSqueezing(parameters, branch),
      })),
      bistable: bistableInterval(rates),
    };
  },
};
