/** The option of a drive in time, and the system that it makes. */
import { InputError } from '../../parameters/errors';
import { checkOptions, type OptionTable, type Raw } from '../../parameters/options';
import { type Ramp, rampOf, rampText } from '../../parameters/ramp';
import { meanFieldRates, type SystemParameters, systemParameters } from '../../parameters/system';
import { MAX_RATE, type SystemInput } from '../../parameters/system-options';

export const rampOption = {
  ramp: {
    value: { kind: 'ramp', latest: 1e9, largest: MAX_RATE, unit: '1/rate' },
    identifies: 'ensemble',
    usually: 'a constant drive',
    page: { label: 'Ramp', symbol: '*t*:*Ω*/*Ω*_c', hint: '0:0.5,50:1,100:0.5, or none', first: '' },
    help: 'drive in time: Omega/Omega_c = x at t, evenly between, constant before and after; twice the same t is a jump',
  },
} as const satisfies OptionTable;

/** Up to any time: what is too late is the options' to say, in the unit of the system that the ramp makes. */
const rampSaid = ({ ramp }: Raw) => checkOptions(rampOption, { ramp }, 0).ramp;

/**
 * What the user said, at the drive with which the ramp begins where there is one.
 * @throws InputError naming the ramp, also where the drive is said as well and differs
 */
export function systemOfRamp(said: SystemInput, raw: Raw): SystemParameters {
  const ramp = rampSaid(raw);
  return ramp === undefined ? systemParameters(said) : rampedSystem(said, rampOf(ramp));
}

/** What was said, with a time as long as the ramp where none was said. */
export function withTimeOfRamp(raw: Raw): Raw {
  if (raw.time !== undefined || raw.ramp === undefined) return raw;
  const ramp = rampSaid(raw);
  const [end] = ramp === undefined ? [0] : rampOf(ramp).t.slice(-1);
  return end === 0 ? raw : { ...raw, time: end };
}

function rampedSystem(said: SystemInput, ramp: Ramp): SystemParameters {
  const { drive, omega, ...rest } = said;
  // What is wrong without a ramp is said first.
  if (drive !== undefined || omega !== undefined) systemParameters(said);
  const { omegaCritical } = meanFieldRates(systemParameters({ ...rest, omega: 0 }));
  if (omegaCritical === 0) {
    const takes = 'left out for one atom or without collective decay: Omega_c = (N - 1) gamma1D / 4 is 0';
    throw new InputError('ramp', rampText(ramp), takes);
  }
  const [first] = ramp.drive.map((drive) => atDrive(rest, drive, ramp));
  for (const [name, begins] of [
    ['drive', ramp.drive[0]],
    ['omega', first.omega],
  ] as const) {
    const given = said[name];
    if (given !== undefined && given !== begins)
      throw new InputError(
        'ramp',
        rampText(ramp),
        `one that begins at --${name} ${given}, or given without it`,
      );
  }
  return first;
}

function atDrive(rest: SystemInput, drive: number, ramp: Ramp): SystemParameters {
  try {
    return systemParameters({ ...rest, drive });
  } catch (error) {
    if (!(error instanceof InputError) || error.argument !== 'drive') throw error;
    throw new InputError('ramp', rampText(ramp), `of drives, each ${error.takes}`);
  }
}

/** The system at a drive Omega/Omega_c of its ramp. */
export const systemAt = (system: SystemParameters, driveOverCritical: number): SystemParameters => ({
  ...system,
  omega: driveOverCritical * meanFieldRates(system).omegaCritical,
  driveOverCritical,
});
