import { html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { RunRequest } from '../src/experiments/run';
import type { SystemParameters } from '../src/parameters/system';
import { panelStyle } from './panel-style';
import './run-status';
import { FollowRuns, isActive, type RunState, type Runs, sameRequests } from './runs';
import { controlStyle, notationStyle } from './style';
import { sweepRequests } from './sweep';
import { type CheckedView, systemInput, type View } from './view';

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
  protected request(command: string, options: RunRequest['options'] = {}): RunRequest[] {
    return [{ command, system: systemInput(this.view), options }];
  }

  /** The requests of the present sweep; none while a field of it is at fault. */
  protected sweep(command: string): RunRequest[] {
    const { sweep } = this.checked;
    return sweep ? sweepRequests(command, systemInput(this.view), this.parameters, sweep) : [];
  }

  /** There are results, and they are of other requests than these. */
  protected isStale(name: string, requests: readonly RunRequest[]): boolean {
    const run = this.runs.of(name);
    return run !== null && run.documents.length > 0 && !sameRequests(run.requests, requests);
  }

  /** What an empty plot says. */
  protected emptiness(run: RunState | null, invitation: string): string {
    if (run && run.documents.length > 0) return '';
    return isActive(run) ? 'The first results are on their way.' : invitation;
  }

  /** @param obstacle why it cannot run now, or empty */
  protected renderStart(
    name: string,
    label: string,
    requests: readonly RunRequest[],
    obstacle = this.obstacle(),
  ) {
    const active = isActive(this.runs.of(name));
    return html`<button
      class="primary"
      title=${obstacle || nothing}
      ?disabled=${obstacle !== '' || requests.length === 0}
      @click=${() => void this.runs.start(name, requests)}
    >
      ${active ? `${label} anew` : label}
    </button>`;
  }

  protected renderStatus(...names: string[]) {
    return names.map((name) => {
      const run = this.runs.of(name);
      return html`<run-status .run=${run} @stop=${() => this.runs.stop(name)}></run-status>
        ${run?.error ? html`<p class="failed" role="alert">The ${name} failed: ${run.error.message}</p>` : nothing}`;
    });
  }

  protected obstacle(): string {
    return this.checked.problems.size > 0 ? 'A parameter needs your attention first.' : '';
  }
}
