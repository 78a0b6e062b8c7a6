/** Computes the mean field. */
import { bistableInterval, meanFieldBranches, meanFieldCaveat } from '../../mean-field/branches';
import { lowerBranchSqueezing } from '../../mean-field/squeezing';
import { meanFieldRates, type SystemParameters } from '../../parameters/system';
import type { RunContext } from '../experiment';
import type { MeanFieldResult } from './mean-field';

export async function run(
  parameters: SystemParameters,
  _: null,
  { warn }: RunContext,
): Promise<MeanFieldResult> {
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
}
