import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { short } from '../../src/drawing/number';
import { estimate } from '../../src/experiments/cost';
import type { ResultDocument } from '../../src/experiments/experiment';
import type { Command } from '../../src/experiments/registry';
import type { RunRequest } from '../../src/experiments/run';
import { sameRequests } from '../../src/experiments/same-requests';
import { meanFieldCaveat } from '../../src/mean-field/branches';
import { decayRatio, isEquation1, type SystemParameters } from '../../src/parameters/system';
import { meanFieldOrigin, type Origin } from '../../src/results/origin';
import { sizesThatFit, sweepRequests } from '../panels/gap/sweep';
import { notation } from '../parameters/notation';
import { errorOnPage, inPageWords } from '../parameters/page-words';
import { atSystem } from '../parameters/system-words';
import { type CheckedView, systemInput, type View } from '../parameters/view';
import { FollowRuns } from '../runs/follow-runs';
import { rememberedPaces } from '../runs/pace-memory';
import type { RunName } from '../runs/run-names';
import { duration } from '../runs/run-status';
import { isActive, type RunState, type Runs, type Skipped } from '../runs/runs';
import { memo } from './memo';
import { panelStyle } from './panel-style';
import { controlStyle, notationStyle } from './style';

type Requests = { readonly [Name in RunName]?: readonly RunRequest[] };

/** What the panels that run something share: the view, the runs, buttons and what they say. */
export abstract class LabPanel extends LitElement {
  static override styles = [controlStyle, notationStyle, panelStyle];

  @property({ attribute: false }) view!: View;
  @property({ attribute: false }) checked!: CheckedView;
  /** the last valid ones */
  @property({ attribute: false }) parameters!: SystemParameters;
  @property({ attribute: false }) runs!: Runs;

  constructor() {
    super();
    new FollowRuns(this, () => this.runs);
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
    if (changed.has('view') || changed.has('checked') || changed.has('parameters'))
      this.current = this.requests();
  }

  /** Starts a run of the panel, if nothing stands in its way. */
  begin(name: RunName): void {
    const requests = this.current[name] ?? [];
    if (this.obstacle() === '' && requests.length > 0) void this.runs.start(name, requests);
  }

  /** There are results, and they are of other requests than the present ones. */
  protected isStale(name: RunName): boolean {
    const run = this.runs.of(name);
    return run !== null && run.documents.length > 0 && !sameRequests(run.requests, this.current[name] ?? []);
  }

  private readonly fieldOrigin = memo(meanFieldOrigin);

  /** Where a plot's numbers come from: the run's documents, before there are any the mean field's system. */
  protected originsOf(name: RunName): readonly Origin[] {
    const documents = this.runs.of(name)?.documents ?? [];
    return documents.length > 0 ? documents : this.fieldOrigin(this.parameters);
  }

  /** What an empty plot says. */
  protected emptiness(run: RunState | null, invitation: string): string {
    if (run && run.documents.length > 0) return '';
    return isActive(run) ? 'The first results are on their way.' : invitation;
  }

  /** The button that starts it. @param points what a run of several requests has several of */
  protected renderStart(name: RunName, label: string, points = 'points') {
    const obstacle = this.obstacle();
    const count = this.current[name]?.length ?? 0;
    return html`<span class="start"
      ><button
      class="primary"
      title=${obstacle || nothing}
      ?disabled=${obstacle !== '' || count === 0}
      @click=${() => this.begin(name)}
    >
      ${isActive(this.runs.of(name)) ? `${label} anew` : label}${count > 1 ? `, ${count} ${points}` : ''}
    </button>${obstacle === '' && count > 0 ? this.renderEstimate(name) : nothing}</span>`;
  }

  /** How long it will take, and how that is known. */
  private renderEstimate(name: RunName) {
    const { seconds, range, measured } = estimate(this.current[name] ?? [], rememberedPaces());
    const from = measured
      ? 'An estimate from earlier runs of its kind here.'
      : 'A first guess: no run of its kind has been timed here yet.';
    const [least, most] = range.map(duration);
    return html`<small class="estimate" title=${from}>${measured ? 'about' : 'perhaps'} ${duration(seconds)}</small>
      ${least === most ? nothing : html`<small class="range">(${least} to ${most})</small>`}`;
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
