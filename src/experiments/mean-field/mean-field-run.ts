/** Computes the mean field. */
import { bistableIntervals } from '../../mean-field/bistability';
import { meanFieldBranches, meanFieldCaveat } from '../../mean-field/branches';
import { meanFieldOf } from '../../mean-field/equations';
import { limitCycle } from '../../mean-field/limit-cycle';
import { lowerBranchSqueezing } from '../../mean-field/squeezing';
import { isEquation1, meanFieldRates, type SystemParameters } from '../../parameters/system';
import type { RunContext } from '../experiment';
import type { MeanFieldResult } from './mean-field';

export const run = async (parameters: SystemParameters, _: null, { warn }: RunContext) =>
  describe(parameters, warn);

/** At once, for who waits for nothing else. */
export function describe(parameters: SystemParameters, warn: RunContext['warn']): MeanFieldResult {
  const caveat = meanFieldCaveat(parameters);
  if (caveat !== null) warn(caveat);
  if (!isEquation1(parameters))
    warn(
      'Squeezing by Eq. (7) is left out: it holds with Eq. (1) alone, on resonance and without the other rates.',
    );
  const field = meanFieldOf(parameters);
  const branches = meanFieldBranches(field);
  const cycle = isEquation1(parameters) ? null : limitCycle(field, branches);
  if (branches.length > 0 && !branches.some(({ stable }) => stable))
    warn(
      cycle === null
        ? 'No steady state of the mean field is stable, and it was not found to repeat itself.'
        : 'No steady state of the mean field is stable: it goes round a limit cycle.',
    );
  else if (cycle !== null) warn('A limit cycle of the mean field attracts beside its stable steady states.');
  const drives = bistableIntervals(parameters);
  if (drives.length > 1) warn(`Bistable in ${drives.length} intervals of the drive: the lowest is given.`);
  const { omegaCritical } = meanFieldRates(parameters);
  const [bistable = null] = drives;
  const inRates = omegaCritical || 1;
  return {
    branches: branches.map((branch) => ({
      sz: branch.sz,
      sx: branch.sx,
      sy: branch.sy,
      stable: branch.stable,
      squeezing: lowerBranchSqueezing(parameters, branch),
      circling: branch.circling,
    })),
    bistable: omegaCritical === 0 ? null : bistable,
    bistableOmega: bistable && { from: bistable.from * inRates, to: bistable.to * inRates },
    limitCycle: cycle,
  };
}
