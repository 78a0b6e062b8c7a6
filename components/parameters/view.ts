/**
 * Everything that defines what the page shows, as the text in its fields: read from a link, written to one.
 * The names are the command line's.
 */
import { radiationTable } from '../../src/experiments/radiation/radiation';
import { systemOfRamp } from '../../src/experiments/ramps/ramp-option';
import { trajectoryOptions } from '../../src/experiments/trajectories/trajectory-options';
import { trajectoryTable } from '../../src/experiments/trajectories/trajectory-table';
import { type Sweep, sweepOf, sweepOptions } from '../../src/figures/sweep';
import { InputError } from '../../src/parameters/errors';
import { checkOptions, flagOf, keysOf, numberIn } from '../../src/parameters/options';
import { ALL_PRESETS, BEYOND_THE_PAPER, type Preset, type PresetName } from '../../src/parameters/presets';
import {
  beyondEquation1,
  decayRatio,
  meanFieldRates,
  type SystemParameters,
  sameSystem,
  systemParameters,
} from '../../src/parameters/system';
import { quantities, type SystemInput, systemOptions } from '../../src/parameters/system-options';
import {
  ensembleOptionNames,
  type Field,
  fieldOptions,
  firstText,
  lightOptionNames,
  moreFields,
  otherWay,
  pageFields,
} from './fields';
import { problemAt } from './page-words';

export interface View {
  /** the paper's figure or the preset beyond it that a link is to run, as the link says it, or empty */
  readonly figure: string;
  /** gamma_1D and gamma_F, or Gamma/gamma at gamma = 1 */
  readonly rates: 'gammas' | 'ratio';
  /** Omega/Omega_c, or Omega */
  readonly driveAs: 'drive' | 'omega';
  readonly values: Readonly<Record<Field, string>>;
}

/** What a view means, or what is wrong with it: one sentence for each field at fault. */
export interface CheckedView {
  /** null while a system field is at fault */
  readonly parameters: SystemParameters | null;
  /** null while a field of it is at fault */
  readonly sweep: Sweep | null;
  readonly problems: ReadonlyMap<string, string>;
}

export const defaultView: View = {
  figure: '',
  rates: 'gammas',
  driveAs: 'drive',
  values: Object.fromEntries(
    Object.entries(fieldOptions).map(([field, option]) => [field, firstText(option)]),
  ) as View['values'],
};

/** The fields that count under the view's choices. */
export function fieldsInUse(view: View): Field[] {
  const unused: readonly Field[] = [
    ...(view.rates === 'ratio' ? systemOptions.ratio.insteadOf : (['ratio'] as const)),
    view.driveAs === 'drive' ? 'omega' : 'drive',
  ];
  return pageFields.filter((field) => !unused.includes(field));
}

/**
 * A link's query says what differs from nothing: every field in use, so that later defaults change no old link. What the general model adds is
 * nothing at 0.
 */
export function viewToQuery(view: View): string {
  const fields = fieldsInUse(view)
    .filter((field) => !isZero(field, view.values[field]))
    .map((field) => [field, view.values[field]]);
  const { figure } = view;
  const key = Object.hasOwn(BEYOND_THE_PAPER, figure) ? 'preset' : 'figure';
  return new URLSearchParams(figure ? [[key, figure], ...fields] : fields).toString();
}

const isZero = (field: Field, value: string) => moreFields.includes(field) && value === '0';
/** Whether it says anything of the general model. */
export const saysMore = ({ values }: View) => moreFields.some((field) => !isZero(field, values[field]));

/** The view's figure or preset, if there is one of that name. */
export const figureOf = ({ figure }: View): PresetName | null =>
  Object.hasOwn(ALL_PRESETS, figure) ? (figure as PresetName) : null;

/** What the link says, of its figure or of the default system where it says nothing. */
export function viewFromQuery(query: string): View {
  const given = new URLSearchParams(query);
  const named = { ...defaultView, figure: given.get('figure') ?? given.get('preset') ?? '' };
  const figure = figureOf(named);
  const start = figure === null ? named : withFigure(named, figure);
  const values = { ...start.values };
  for (const field of pageFields) values[field] = given.get(field) ?? values[field];
  const gammas = given.has('gamma1d') || given.has('gammaf');
  return {
    figure: start.figure,
    rates: given.has('ratio') ? 'ratio' : gammas ? 'gammas' : start.rates,
    driveAs: given.has('omega') ? 'omega' : given.has('drive') ? 'drive' : start.driveAs,
    values,
  };
}

/** The system as the view says it; what is not a number arrives as NaN and is refused by name. */
export function systemInput(view: View): SystemInput {
  const used = fieldsInUse(view);
  const names = keysOf(systemOptions).filter((name) => used.includes(flagOf(name)));
  return Object.fromEntries(names.map((name) => [name, numberIn(view.values[flagOf(name)])]));
}

/** What fields say, by the options' names; one that may be empty and is says nothing. */
const said = (names: readonly string[], values: View['values']): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const field = flagOf(name) as Field;
      const empty = values[field].trim() === '' && firstText(fieldOptions[field]) === '';
      return empty ? [] : [[name, values[field]]];
    }),
  );

export const ensembleOptions = ({ values }: View) => said(ensembleOptionNames, values);
export const lightOptions = ({ values }: View) => said(lightOptionNames, values);

export function checkView(view: View): CheckedView {
  const problems = new Map<string, string>();
  const inUse: readonly string[] = fieldsInUse(view);
  // What is wrong with a field that is hidden is said at the one in its place.
  const visible = (argument: string) =>
    inUse.includes(argument) ? argument : (otherWay(argument) ?? argument);
  if (view.figure !== '' && figureOf(view) === null)
    problems.set(
      'figure',
      `Must be one of the paper's figures or a preset: ${Object.keys(ALL_PRESETS).join(', ')}.`,
    );
  const refused = <Said extends object>(said: Said, check: (left: Partial<Said>) => void) => {
    const errors = refusals((without) => {
      const left = Object.entries(said).filter(([name]) => !without.has(flagOf(name)));
      check(Object.fromEntries(left) as Partial<Said>);
    });
    for (const error of errors) {
      const field = visible(error.argument);
      problems.set(field, problemAt(field, error));
    }
    return errors.length > 0;
  };
  let parameters: SystemParameters | null = null;
  let sweep: Sweep | null = null;
  const noSystem = refused(systemInput(view), (left) => {
    parameters = systemParameters(left);
  });
  const noSweep = refused(said(keysOf(sweepOptions), view.values), (left) => {
    sweep = sweepOf(left);
  });
  refused(ensembleOptions(view), (left) => {
    // What is wrong with the system is said already.
    if (!noSystem) systemOfRamp(systemInput(view), left);
    trajectoryOptions(left, parameters ?? systemParameters());
  });
  refused(lightOptions(view), (left) => checkOptions(radiationTable, left));
  return { parameters: noSystem ? null : parameters, sweep: noSweep ? null : sweep, problems };
}

/** Tries without the arguments refused so far until nothing more is refused. */
function refusals(attempt: (without: ReadonlySet<string>) => void): InputError[] {
  const errors: InputError[] = [];
  const without = new Set<string>();
  for (;;) {
    try {
      attempt(without);
      return errors;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      errors.push(error);
      if (without.has(error.argument)) return errors;
      without.add(error.argument);
    }
  }
}

/** The other way of saying the same decay or drive, with the values carried over. */
export function withRates(view: View, rates: View['rates'], parameters: SystemParameters | null): View {
  if (rates === view.rates || !parameters) return { ...view, rates };
  const values = { ...view.values };
  if (rates === 'ratio') {
    // Without decay there is no such unit.
    const gamma = meanFieldRates(parameters).gamma || 1;
    values.ratio = tidy(decayRatio(parameters));
    values.omega = tidy(parameters.omega / gamma);
    for (const { quantity, name } of beyondEquation1)
      values[flagOf(name)] = tidy(parameters[quantity] / gamma);
  } else {
    values.gamma1d = tidy(parameters.gamma1D);
    values.gammaf = tidy(parameters.gammaF);
  }
  return { ...view, rates, values };
}

export function withDriveAs(view: View, driveAs: View['driveAs'], parameters: SystemParameters | null): View {
  if (driveAs === view.driveAs || !parameters) return { ...view, driveAs };
  const { omega, driveOverCritical } = parameters;
  const values = { ...view.values, omega: tidy(omega) };
  if (driveOverCritical !== null) values.drive = tidy(driveOverCritical);
  return { ...view, driveAs, values };
}

/** The view of another system, said as it is now where that says just this system. */
export function withSystem(view: View, parameters: SystemParameters): View {
  const each = quantities.map(({ quantity, name }) => [flagOf(name), String(parameters[quantity])]);
  const plain: View = {
    figure: '',
    rates: 'gammas',
    driveAs: 'omega',
    values: { ...view.values, ...Object.fromEntries(each) },
  };
  const saysIt = (other: View) => {
    const said = checkView(other).parameters;
    return said !== null && sameSystem(said, parameters);
  };
  const byRatio = view.rates === 'ratio' ? withRates(plain, 'ratio', parameters) : plain;
  const decayed = saysIt(byRatio) ? byRatio : plain;
  const byDrive = withDriveAs(decayed, view.driveAs, parameters);
  return saysIt(byDrive) ? byDrive : decayed;
}

/** The view at another drive, in units of Omega_c (of the rates where Omega_c = 0). */
export function withDrive(view: View, drive: number, parameters: SystemParameters): View {
  const critical = meanFieldRates(parameters).omegaCritical;
  const value = view.driveAs === 'omega' && critical > 0 ? drive * critical : drive;
  return { ...view, values: { ...view.values, [view.driveAs]: tidy(value) } };
}

/** A place in the phase diagram. */
export interface PhasePlace {
  /** Omega/Omega_c */
  readonly drive: number;
  /** Gamma/gamma */
  readonly ratio: number;
}

/**
 * The same system at another Gamma/gamma, without its drive: said by the ratio, gamma stays 1; said by its rates, gamma_F stays and gamma_1D
 * makes the ratio, which is then below N - 1.
 */
export function atRatio(
  { drive: _drive, omega: _omega, ...own }: SystemInput,
  ratio: number,
): Omit<SystemInput, 'drive' | 'omega'> {
  if (own.ratio !== undefined) return { ...own, ratio };
  const { atoms = 1, gammaf = 0 } = own;
  return { ...own, gamma1d: (ratio * gammaf) / (atoms - 1 - ratio) };
}

/** The view of the system at another place of the phase diagram, its decay and drive said as they are now. */
export function withPhase(view: View, { drive, ratio }: PhasePlace, parameters: SystemParameters): View {
  // A drag along the drive alone leaves the decay to its last digit.
  const moves = Math.abs(ratio - decayRatio(parameters)) > 1e-6 * ratio;
  const { gamma1d } = atRatio(systemInput(view), ratio);
  const said = view.rates === 'ratio' ? { ratio: tidy(ratio) } : { gamma1d: tidy(gamma1d ?? Number.NaN) };
  const moved = moves ? { ...view, values: { ...view.values, ...said } } : view;
  return withDrive(moved, drive, checkView(moved).parameters ?? parameters);
}

/** The view of one of the paper's figures or presets; what it leaves open stays, but what it says nothing of in the general model is 0. */
export function withFigure(view: View, figure: PresetName): View {
  const { system, sweep }: Preset = ALL_PRESETS[figure];
  const values = { ...view.values, numbers: sweep?.atoms?.join(', ') ?? '' };
  for (const field of moreFields) values[field] = '0';
  if (sweep?.drive) {
    values.from = String(sweep.drive.from);
    values.to = String(sweep.drive.to);
    values.points = String(sweep.drive.points);
  }
  for (const name of keysOf(systemOptions)) {
    const value = system[name];
    if (value !== undefined) values[flagOf(name)] = String(value);
  }
  if (sweep?.time) {
    const time = sweep.time.to / systemParameters(system).gammaF;
    const samples = sweep.time.points - 1;
    values.time = tidy(time);
    values.samples = String(samples);
    values['burn-in'] = tidy(
      (time * Number(trajectoryTable.burnIn.page.first)) / trajectoryTable.time.value.default,
    );
  }
  return {
    figure,
    rates: system.ratio === undefined ? 'gammas' : 'ratio',
    driveAs: system.omega === undefined ? 'drive' : 'omega',
    values,
  };
}

/** Seven digits say what a person meant and hide float64's last ones. */
const tidy = (value: number) => String(Number(value.toPrecision(7)));
