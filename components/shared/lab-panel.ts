import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { short } from '../../src/drawing/number';
import type { PlotSpec } from '../../src/drawing/plot-spec';
import { estimate } from '../../src/experiments/cost';
import type { ResultDocument } from '../../src/experiments/experiment';
import type { Command } from '../../src/experiments/registry';
import type { RunRequest } from '../../src/experiments/run';
import { sameRequests } from '../../src/experiments/same-requests';
import { meanFieldCaveat } from '../../src/mean-field/branches';
import { keysOf } from '../../src/parameters/options';
import { decayRatio, isEquation1, type SystemParameters } from '../../src/parameters/system';
import { meanFieldOrigin, type Origin } from '../../src/results/origin';
import '../files/document-files';
import '../plot/lab-plot';
import { memo } from '../../src/drawing/memo';
import { sizesThatFit, sweepRequests } from '../../src/figures/sweep';
import { Alone } from '../lab/alone';
import { renderTitle, type Section } from '../lab/sections';
import { guestStyle } from '../lab/theme';
import { notation } from '../parameters/notation';
import { errorOnPage, inPageWords } from '../parameters/page-words';
import { atSystem } from '../parameters/system-words';
import { type CheckedView, systemInput, type View } from '../parameters/view';
import type { PlotLineSpec } from '../plot/plot-line';
import { FollowRuns } from '../runs/follow-runs';
import { rememberedPaces } from '../runs/pace-memory';
import type { RunName } from '../runs/run-names';
import { duration } from '../runs/run-status';
import { isActive, type RunState, type Runs, type Skipped } from '../runs/runs';
import { panelStyle } from './panel-style';
import type { ShownPoint } from './stored-point';
import { controlStyle, menuStyle, notationStyle } from './style';
import { driveLine } from './sweep-drives';

/** One of the runs that make up a section. */
export interface Part {
  readonly name: RunName;
  readonly label: string;
  /** what a run of several requests has several of */
  readonly points?: string;
}

type Requests = { readonly [Name in RunName]?: readonly RunRequest[] };

/** What the panels that run something share: the view, the runs, buttons and what they say. */
export abstract class LabPanel extends LitElement {
  static override styles = [controlStyle, menuStyle, notationStyle, panelStyle, guestStyle];

  @property({ attribute: false }) view!: View;
  @property({ attribute: false }) checked!: CheckedView;
  /** the last valid ones */
  @property({ attribute: false }) parameters!: SystemParameters;
  @property({ attribute: false }) runs!: Runs;

  constructor() {
    super();
    new FollowRuns(this, () => this.runs);
    new Alone(this);
  }

  /** The present system's request, as the view says it. */
  protected request(command: Command, options: RunRequest['options'] = {}): RunRequest[] {
    return [{ command, system: systemInput(this.view), options }];
  }

  /**
   * The requests of the present sweep; none while a field of it is at fault.
   * @param atoms the numbers of atoms, where not the sweep's own
   */
  protected sweep(command: Command, atoms = this.checked.sweep?.atoms ?? []): RunRequest[] {
    const { sweep } = this.checked;
    return sweep ? sweepRequests(command, systemInput(this.view), this.parameters, { ...sweep, atoms }) : [];
  }

  /** What the panel's runs would run now, by their names. */
  protected abstract requests(): Requests;
  private current: Requests = {};

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('view') && !changed.has('checked') && !changed.has('parameters')) return;
    this.current = this.requests();
    if (this.obstacle() === '')
      for (const name of keysOf(this.current)) this.runs.want(name, this.current[name] ?? []);
  }

  /** Starts a run of the panel, if nothing stands in its way. */
  begin(name: RunName): void {
    const requests = this.current[name] ?? [];
    if (this.obstacle() === '' && requests.length > 0) void this.runs.start(name, requests);
  }

  /** There are results, and they are of other requests than the present ones. */
  protected isStale(name: RunName): boolean {
    const run = this.runs.of(name);
    const isShown = run !== null && (run.documents.length > 0 || run.glimpse !== null);
    return isShown && !sameRequests(run.requests, this.current[name] ?? []);
  }

  /** It has run, or is running, as the view says it now. */
  private isCurrent(name: RunName): boolean {
    const run = this.runs.of(name);
    const counts = isActive(run) || run?.phase === 'done';
    return counts && sameRequests(run!.requests, this.current[name] ?? []);
  }

  /** All that it would run now is there, whole. */
  holds(name: RunName): boolean {
    const documents = this.runs.documentsOf(name);
    const isWhole = documents.length === this.current[name]?.length;
    return isWhole && this.isCurrent(name) && documents.every(({ interrupted }) => !interrupted);
  }

  private readonly fieldOrigin = memo(meanFieldOrigin);

  /** Where a plot's numbers come from: the run's documents or its glimpse, before there are any the mean field's system. */
  protected originsOf(name: RunName): readonly Origin[] {
    const { documents = [], glimpse = null } = this.runs.of(name) ?? {};
    if (documents.length > 0) return documents;
    return glimpse === null ? this.fieldOrigin(this.parameters) : [glimpse];
  }

  /** What an empty plot says. */
  protected emptiness(run: RunState | null, invitation: string): string {
    if (run && run.documents.length > 0) return '';
    return isActive(run) ? 'The first results are on their way.' : invitation;
  }

  /** A plot of a run's numbers. @param invitation what it says while there are none */
  protected renderPlot(name: RunName, spec: PlotSpec, invitation: string, line: PlotLineSpec | null = null) {
    return html`<lab-plot
      .spec=${spec}
      .message=${this.emptiness(this.runs.of(name), invitation)}
      .origins=${this.originsOf(name)}
      .drive=${line}
      ?stale=${this.isStale(name)}
    ></lab-plot>`;
  }

  /** A plot of one drive's numbers. */
  protected renderPointPlot(name: RunName, shown: ShownPoint<ResultDocument>, spec: PlotSpec) {
    const { document, isStored, isStale } = shown;
    return html`<lab-plot
      .spec=${spec}
      .message=${document ? '' : this.emptiness(this.runs.of(name), 'Run to see it.')}
      .origins=${isStored && document ? [document] : this.originsOf(name)}
      ?stale=${isStale}
    ></lab-plot>`;
  }

  protected readonly line = memo(driveLine);

  /** A plot over the drive, of a sweep's points. */
  protected renderOverDrive(name: RunName, spec: PlotSpec) {
    return this.renderPlot(name, spec, 'Sweep the drive to see it.', this.line(this.parameters));
  }

  /** A section's title, its one Run, the parts that this is made of, its Save menu. @param more other buttons */
  protected renderHeader(section: Section, parts: readonly Part[], more: unknown = nothing) {
    const results = parts.map(({ name }) => {
      const documents = this.runs.finished(name);
      // A sweep's is of its last point.
      const certificate = documents.length === 1 ? (this.runs.of(name)?.certificate ?? null) : null;
      return { title: name, documents, certificate };
    });
    return html`<header>
      <h2 id="title">${renderTitle(section)}</h2>
      <div class="buttons">
        ${this.renderRun(parts)} ${more}
        <document-files .results=${results}></document-files>
      </div>
    </header>`;
  }

  /** Runs what the section lacks for the present system, or where it lacks nothing all of it. */
  protected renderRun(parts: readonly Part[]) {
    const possible = parts.filter(({ name }) => (this.current[name] ?? []).length > 0);
    const lacking = possible.filter(({ name }) => !this.isCurrent(name));
    const toRun = (lacking.length > 0 ? lacking : possible).map(({ name }) => name);
    const cannot = this.obstacle() !== '' || toRun.length === 0;
    return html`<span class="runs">
      <button
        class="primary"
        title=${this.obstacle() || nothing}
        ?disabled=${cannot}
        @click=${() => {
          for (const name of toRun) this.begin(name);
        }}
      >
        ${lacking.length > 0 || possible.length === 0 ? 'Run' : 'Run anew'}
      </button>
      ${cannot ? nothing : this.renderEstimate(toRun)} ${parts.length > 1 ? this.renderParts(parts) : nothing}
    </span>`;
  }

  /** Each part by itself. */
  private renderParts(parts: readonly Part[]) {
    return html`<details class="menu">
      <summary class="button" aria-label="Parts to run one by one">Parts</summary>
      <ul>
        ${parts.map(({ name, label, points = 'points' }) => {
          const count = this.current[name]?.length ?? 0;
          const cannot = this.obstacle() !== '' || count === 0;
          return html`<li>
            <button ?disabled=${cannot} @click=${() => this.begin(name)}>
              ${label}${count > 1 ? `, ${count} ${points}` : ''}${cannot ? nothing : this.renderEstimate([name])}
            </button>
          </li>`;
        })}
      </ul>
    </details>`;
  }

  /** Between what times it will most likely take, start-up left out, and how that is known. */
  private renderEstimate(names: readonly RunName[]) {
    const paces = rememberedPaces();
    const estimates = names.map((name) => estimate(this.current[name] ?? [], paces));
    const end = (which: 0 | 1) => duration(estimates.reduce((sum, { range }) => sum + range[which], 0));
    const from = estimates.every(({ measured }) => measured)
      ? 'An estimate from earlier runs of its kind here.'
      : 'A first guess: not every kind of run in it has been timed here yet.';
    const [least, most] = [end(0), end(1)];
    return html`<small class="estimate" title=${from}>${least === most ? most : `${least} to ${most}`}</small>`;
  }

  /** What went wrong, if something did. */
  protected renderFailures(...names: RunName[]) {
    return names.map((name) => {
      const error = this.runs.of(name)?.error;
      return error
        ? html`<p class="failed" role="alert">The ${name} failed: ${errorOnPage(error)}</p>`
        : nothing;
    });
  }

  /** Which numbers of atoms a sweep leaves out, and why. */
  protected renderLeftOut() {
    const { leftOut } = sizesThatFit(this.parameters, this.checked.sweep?.atoms ?? []);
    if (leftOut.length === 0) return nothing;
    return html`<p class="note">
      Sweeps leave out ${notation('*N*')} = ${leftOut.join(', ')}: ${notation('*Γ*/*γ*')} is at most ${notation('*N* − 1')},
      and here it is ${short(decayRatio(this.parameters))}.
    </p>`;
  }

  /** Which points of a sweep have no result, and why. */
  protected renderSkipped(name: RunName) {
    const points = this.runs.of(name)?.skipped ?? [];
    const groups = new Map<string, Skipped[]>();
    for (const point of points) {
      const key = JSON.stringify([point.request.system.atoms, point.error.argument, point.error.takes]);
      groups.set(key, [...(groups.get(key) ?? []), point]);
    }
    return [...groups.values()].map((group) => {
      const [{ request, error }] = group;
      const drives = group.map(({ request }) => request.system.drive);
      const where =
        drives.length > 4
          ? `${drives.length} drives from ${drives[0]} to ${drives.at(-1)}`
          : drives.join(', ');
      return html`<p class="note ${this.isStale(name) ? 'stale' : ''}">
        The ${name} has nothing at ${notation('*N*')} = ${request.system.atoms}, ${notation('*Ω*/*Ω*_c')} = ${where}:
        ${errorOnPage(error)}.
      </p>`;
    });
  }

  /** Where the mean field that is drawn does not hold. */
  protected renderCaveat() {
    const caveat = meanFieldCaveat(this.parameters);
    return [
      caveat === null ? nothing : html`<p class="note">${caveat}</p>`,
      isEquation1(this.parameters)
        ? nothing
        : html`<p class="note">Eq. (7) and the Dicke problem, which know decay on resonance alone, are left out.</p>`,
    ];
  }

  /**
   * A run's numbers under a heading that says which system they are of; grey where that is not the present one.
   * @param document the run's, once there is one
   */
  protected renderNumbers(name: RunName, title: unknown, document: ResultDocument, numbers: unknown) {
    return html`<div class=${this.isStale(name) ? 'stale' : ''}>
      <h3>${title}${atSystem(document.parameters)}</h3>
      ${numbers}
    </div>`;
  }

  /** What its numbers are to be read with. */
  protected renderWarnings({ warnings }: ResultDocument) {
    return warnings.map((warning) => html`<p class="note">${inPageWords(warning)}</p>`);
  }

  /** Why nothing can be run now, or empty. */
  protected obstacle(): string {
    return this.checked.problems.size > 0 ? 'A parameter needs your attention first.' : '';
  }
}
