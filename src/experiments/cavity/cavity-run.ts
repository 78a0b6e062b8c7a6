/** Eliminates the cavity. */
import { effectiveParameters } from '../../parameters/cavity';
import { flagOf } from '../../parameters/options';
import type { SystemParameters } from '../../parameters/system';
import { quantities } from '../../parameters/system-options';
import type { RunContext } from '../experiment';
import type { CavityOptions, CavityResult } from './cavity';

/** The errors of the elimination are of the order of these: above a tenth it is said. */
const SMALL = 0.1;

const inWords: Readonly<Record<keyof CavityResult['validity'], string>> = {
  collectiveDecay: 'N gamma_1D',
  drive: 'Omega',
  collectiveShift: 'N |Delta|',
  detuning: '|delta|',
};

export async function run(
  parameters: SystemParameters,
  options: CavityOptions,
  { warn, unit }: RunContext,
): Promise<CavityResult> {
  const { atoms, detuning, gammaF } = parameters;
  const { omega, gamma1D, collectiveShift, validity } = effectiveParameters({ ...options, atoms, detuning });
  const names = Object.keys(inWords) as (keyof typeof inWords)[];
  const large = names.filter((name) => validity[name] > SMALL);
  if (large.length > 0) {
    const which = large.map((name) => `${inWords[name]} is ${Number(validity[name].toPrecision(3))}`);
    warn(
      `The cavity is not fast beside its atoms: ${which.join(', ')} of |i delta_c - kappa/2|. Results will be off by about as much.`,
    );
  }
  const said = quantities
    .filter(({ quantity, option }) => option.value.default !== 0 || parameters[quantity] !== 0)
    .map(({ quantity, name, option }) => {
      const inUsers = option.value.unit === 'rate' ? unit : 1;
      return `--${flagOf(name)} ${parameters[quantity] * inUsers}`;
    });
  return {
    ...options,
    omega,
    gamma1D,
    collectiveShift,
    cooperativity: gammaF === 0 ? null : (options.g / options.kappa) * ((4 * options.g) / gammaF),
    validity,
    options: said.join(' '),
  };
}
