/**
 * Everything that defines what the page shows, as the text in its fields: read from a link, written to one.
 * The names are the command line's.
 */
import { defaultTrajectories, trajectoryOptions } from '../src/experiments/trajectory-options';
import { InputError } from '../src/parameters/errors';
import { type Figure, PRESETS, type Preset } from '../src/parameters/presets';
import {
  DEFAULT_SYSTEM,
  meanFieldRates,
  type SystemInput,
  type SystemParameters,
  systemParameters,
} from '../src/parameters/system';
import { type Sweep, sweepOf } from './sweep';

export const systemFields = ['atoms', 'gamma1d', 'gammaf', 'ratio', 'drive', 'omega'] as const;
export const ensembleFields = ['count', 'time', 'burn-in', 'samples', 'unraveling', 'seed'] as const;
/** The sweep of the drive: its ends in Omega/Omega_c, its points, the numbers of atoms. */
export const sweepFields = ['from', 'to', 'points', 'numbers'] as const;
export type SystemField = (typeof systemFields)[number];
export type EnsembleField = (typeof ensembleFields)[number];
export type SweepField = (typeof sweepFields)[number];
export type Field = SystemField | EnsembleField | SweepField;

export interface View {
  /** the paper's figure that a link is to run, as the link says it, or empty */
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
  values: {
    atoms: String(DEFAULT_SYSTEM.atoms),
    gamma1d: String(DEFAULT_SYSTEM.gamma1d),
    gammaf: String(DEFAULT_SYSTEM.gammaf),
    ratio: '15.5',
    drive: String(DEFAULT_SYSTEM.drive),
    omega: '31.025',
    // Fewer than the command line's: a first look in seconds, with the same burn-in.
    count: '500',
    time: String(defaultTrajectories.time),
    'burn-in': String(defaultTrajectories.burnIn),
    samples: String(defaultTrajectories.samples),
    unraveling: defaultTrajectories.unraveling,
    seed: String(defaultTrajectories.seed),
    from: '0.5',
    to: '1',
    points: '26',
    numbers: '',
  },
};

/** The fields that count under the view's choices. */
export function fieldsInUse(view: View): Field[] {
  const rates: Field[] = view.rates === 'ratio' ? ['ratio'] : ['gamma1d', 'gammaf'];
  return ['atoms', ...rates, view.driveAs, ...sweepFields, ...ensembleFields];
}

/** A link's query says what differs from nothing: every field in use, so that later defaults change no old link. */
export function viewToQuery(view: View): string {
  const fields = fieldsInUse(view).map((field) => [field, view.values[field]]);
  return new URLSearchParams(view.figure ? [['figure', view.figure], ...fields] : fields).toString();
}

/** The view's figure, if there is one of that number. */
export const figureOf = ({ figure }: View): Figure | null =>
  Object.hasOwn(PRESETS, figure) ? (figure as Figure) : null;

/** What the link says, of its figure or of the default system where it says nothing. */
export function viewFromQuery(query: string): View {
  const given = new URLSearchParams(query);
  const named = { ...defaultView, figure: given.get('figure') ?? '' };
  const figure = figureOf(named);
  const start = figure === null ? named : withFigure(named, figure);
  const values = { ...start.values };
  for (const field of [...systemFields, ...sweepFields, ...ensembleFields])
    values[field] = given.get(field) ?? values[field];
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
  return Object.fromEntries(
    systemFields
      .filter((field) => used.includes(field))
      .map((field) => [field, asNumber(view.values[field])]),
  );
}

/** The ensemble's options, by the names that the experiment takes. */
export function ensembleOptions({ values }: View): Record<string, string> {
  return Object.fromEntries(ensembleFields.map((field) => [optionName(field), values[field]]));
}

const optionName = (field: string) => (field === 'burn-in' ? 'burnIn' : field);

export function checkView(view: View): CheckedView {
  const problems = new Map<string, string>();
  if (view.figure !== '' && figureOf(view) === null)
    problems.set('figure', `Must be one of the paper's figures: ${Object.keys(PRESETS).join(', ')}.`);
  let parameters: SystemParameters | null = null;
  const input: Record<string, number | undefined> = { ...systemInput(view) };
  const refused = refusals((without) => {
    const kept = Object.fromEntries(Object.entries(input).filter(([name]) => !without.has(name)));
    parameters = systemParameters(kept);
  });
  for (const error of refused) problems.set(error.argument, inWords(error));
  if (problems.size > 0) parameters = null;
  const options = ensembleOptions(view);
  const refusedOptions = refusals((without) => {
    const refused = [...without].map(optionName);
    trajectoryOptions(
      Object.fromEntries(Object.entries(options).filter(([name]) => !refused.includes(name))),
      parameters ?? systemParameters(),
    );
  });
  for (const error of refusedOptions) problems.set(error.argument, inWords(error));
  return { parameters, sweep: sweepOf(view.values, problems), problems };
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
  const { gamma, Gamma } = meanFieldRates(parameters);
  const values = { ...view.values };
  if (rates === 'ratio') {
    values.ratio = tidy(Gamma / gamma);
    values.omega = tidy(parameters.omega / gamma);
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

/** The view at another drive, in units of Omega_c (of the rates where Omega_c = 0). */
export function withDrive(view: View, drive: number, parameters: SystemParameters): View {
  const critical = meanFieldRates(parameters).omegaCritical;
  const value = view.driveAs === 'omega' && critical > 0 ? drive * critical : drive;
  return { ...view, values: { ...view.values, [view.driveAs]: tidy(value) } };
}

/** The view of one of the paper's figures; what the figure leaves open stays. */
export function withFigure(view: View, figure: Figure): View {
  const { system, sweep }: Preset = PRESETS[figure];
  const values = { ...view.values, numbers: sweep?.atoms?.join(', ') ?? '' };
  if (sweep?.drive) {
    values.from = String(sweep.drive.from);
    values.to = String(sweep.drive.to);
    values.points = String(sweep.drive.points);
  }
  for (const field of systemFields) {
    const value = system[field];
    if (value !== undefined) values[field] = String(value);
  }
  if (sweep?.time) {
    const time = sweep.time.to / systemParameters(system).gammaF;
    const samples = sweep.time.points - 1;
    values.time = tidy(time);
    values.samples = String(samples);
    values['burn-in'] = tidy((time * defaultTrajectories.burnIn) / defaultTrajectories.time);
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

const asNumber = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));

const labels: Record<string, string> = {
  gamma1d: 'γ_1D',
  gammaf: 'γ_F',
  ratio: 'Γ/γ',
  drive: 'Ω/Ω_c',
  omega: 'Ω',
};

const greek: Record<string, string> = { Omega: 'Ω', Gamma: 'Γ', gamma: 'γ' };

/** The command line's words with the page's names of the fields. */
function inWords({ takes }: InputError): string {
  const named = takes.replace(/--([a-z0-9]+)/g, (all, name: string) => labels[name] ?? all);
  return `Must be ${named.replace(/\b(Omega|Gamma|gamma)(?![a-z])/g, (name) => greek[name])}.`;
}
