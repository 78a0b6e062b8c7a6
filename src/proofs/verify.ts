/**
 * Checks a certificate by mathematics alone: whoever wrote it, and however its operators were found, what it claims follows from them, or it is
 * refused. It knows the master equation (image.ts) and no solver.
 */
import { Pyramid } from '../operators/pyramid';
import { spinOperators } from '../operators/spin-operators';
import { InputError } from '../parameters/errors';
import { inUnit, ownUnit, type SystemParameters, systemParameters } from '../parameters/system';
import { quantities } from '../parameters/system-options';
import { needUniqueSteadyState } from '../parameters/unique-steady-state';
import { CertificateError, type Header, type Operators, readCertificate } from './certificate';
import {
  enclosureOf,
  isZeroBySymmetry,
  type Moment,
  momentsOfSqueezing,
  squeezingWithin,
} from './enclosures';
import type { Packed } from './image';
import { contains, exactly, type Interval } from './intervals';
import { distanceOf, isBetween0And1, timeOf } from './lifetimes';

/** What a certificate proves, all of it checked. */
export interface Proof extends Pick<Header, 'command' | 'version' | 'engine'> {
  readonly parameters: SystemParameters;
  /** by name: `Sz`, [lower, upper]; `within`, 1e-6 */
  readonly proven: Readonly<Record<string, Interval | number>>;
}

/** @throws CertificateError saying what does not hold */
export function verify(bytes: Uint8Array): Proof {
  const { header, operators } = readCertificate(bytes);
  const parameters = systemOf(header);
  const unit = ownUnit(parameters);
  const system = inUnit(parameters, unit);
  const pyramid = new Pyramid(system.atoms);
  const ofSystem = (name: string): Packed => {
    const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
    const { length = 0 } = operator ?? {};
    if (operator === undefined || (length !== pyramid.unknowns && length !== 2 * pyramid.unknowns))
      throw new CertificateError(`It holds no operator ${name} of ${system.atoms} atoms.`);
    return operator;
  };
  if (header.command === 'steady-state') checkMeans(system, pyramid, header.proven, ofSystem);
  else checkLifetime(system, pyramid, header.proven, unit, ofSystem, operators);
  const { command, version, engine, proven } = header;
  return { command, version, engine, parameters, proven };
}

function systemOf({ parameters }: Header): SystemParameters {
  try {
    const said = quantities.map(({ quantity, name }) => [name, parameters[quantity]]);
    const system = systemParameters(Object.fromEntries(said));
    needUniqueSteadyState(system);
    return system;
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    throw new CertificateError(`Its ${cause.argument} must be ${cause.takes}.`, { cause });
  }
}

/** <A> lies between the lowest and the highest eigenvalue of A + L^+ X. */
function checkMeans(
  system: SystemParameters,
  pyramid: Pyramid,
  claims: Readonly<Record<string, Interval>>,
  operator: (name: string) => Packed,
): void {
  const enclosures = new Map<Moment, Interval>();
  const enclosure = (moment: Moment): Interval => {
    const known =
      enclosures.get(moment) ??
      (isZeroBySymmetry(system, moment)
        ? exactly(0)
        : enclosureOf(system, pyramid, moment, operator(moment)));
    enclosures.set(moment, known);
    return known;
  };
  if (Object.keys(claims).length === 0) throw new CertificateError('It claims nothing.');
  for (const [name, claim] of Object.entries(claims)) {
    const isMoment = Object.hasOwn(spinOperators, name);
    if (!isMoment && name !== 'squeezing')
      throw new CertificateError(`It claims ${name}, which is no moment.`);
    const all = () => Object.fromEntries(momentsOfSqueezing.map((one) => [one, enclosure(one)]));
    const found = isMoment
      ? enclosure(name as Moment)
      : squeezingWithin(system.atoms, all() as Record<Moment, Interval>);
    if (found === null || !contains(claim, found)) {
      const what = found === null ? 'nothing' : `[${found.lower}, ${found.upper}]`;
      throw new CertificateError(
        `${name} is not proven to lie within [${claim.lower}, ${claim.upper}]: its operators prove ${what}.`,
      );
    }
  }
}

function checkLifetime(
  system: SystemParameters,
  pyramid: Pyramid,
  claim: { readonly rate: number; readonly within: number; readonly until: number },
  unit: number,
  operator: (name: string) => Packed,
  { c: centre }: Operators,
): void {
  const rate = claim.rate / unit;
  if (!(rate > 0)) throw new CertificateError(`Its rate must be above 0, and is ${claim.rate}.`);
  const [c] = centre ?? [];
  if (c === undefined || !Number.isFinite(c)) throw new CertificateError('It holds no number c.');
  const lifetime = { rate, c, Q: operator('Q'), u: operator('u') };
  if (!isBetween0And1(pyramid, lifetime.Q))
    throw new CertificateError('Its Q is not proven to lie between 0 and 1.');
  const within = distanceOf(system, pyramid, lifetime);
  if (!(within <= claim.within))
    throw new CertificateError(`It claims a decay within ${claim.within}, and proves ${within}.`);
  const until = timeOf(system, pyramid, lifetime) / unit;
  if (!(until >= claim.until))
    throw new CertificateError(`It claims a decay until ${claim.until}, and proves ${until}.`);
}
