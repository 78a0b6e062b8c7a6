/** The mean field, computed at once. */
import { group } from '../experiments/fields';
import { meanField as declared, type MeanFieldResult } from '../experiments/mean-field/mean-field';
import { describe } from '../experiments/mean-field/mean-field-run';
import { rescaled } from '../experiments/units';
import { keysOf } from '../parameters/options';
import { inUnit, ownUnit, type SystemParameters, systemParameters } from '../parameters/system';
import { type SystemInput, systemOptions } from '../parameters/system-options';
import { refuseOthers } from './options';

/** The mean field of a system: the result of `run('mean-field')`, with what was said of the system and what to know about it. */
export interface MeanField extends MeanFieldResult {
  readonly parameters: SystemParameters;
  readonly warnings: readonly string[];
}

/**
 * The system that is meant, all of it: what is left out is the paper's figure 4 (18 atoms, gamma_1D = 10, gamma_F = 1, drive 0.73).
 * @param said rates in one unit of the caller's; `ratio` is Gamma/gamma at gamma = 1, `drive` Omega/Omega_c
 * @throws InputError naming the option at fault, what it got and what it takes
 */
export function system(said: SystemInput = {}): SystemParameters {
  refuseOthers(said, keysOf(systemOptions), 'a system');
  return systemParameters(said);
}

/**
 * The mean field's steady states per atom by rising <sigma_z>, their stability and squeezing by Eq. (7), the drives between which two are
 * stable, and a limit cycle where one was found: Eqs. (2), (3), (S19) to (S31) of the paper.
 * @param said as of `system`; rates of the result are in its unit, times in the inverse
 * @throws InputError naming the option at fault
 */
export function meanField(said: SystemInput = {}): MeanField {
  const parameters = system(said);
  const unit = ownUnit(parameters);
  const warnings: string[] = [];
  const result = describe(inUnit(parameters, unit), (sentence) => warnings.push(sentence));
  return { parameters, warnings, ...rescaled(group(declared.fields), result, unit) };
}
