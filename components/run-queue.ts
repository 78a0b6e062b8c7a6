import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import './run-status';
import { FollowRuns, type Runs } from './runs';

/** All that waits or runs, in sight wherever on the page one is. */
@customElement('run-queue')
export class RunQueue extends LitElement {
  static override styles = css`
    :host {
      display: contents;
    }
    section {
      position: sticky;
      z-index: 160;
      top: 8px;
      padding: 10px 22px 0;
      border: 1px solid var(--line-strong);
      border-radius: 12px;
      background: var(--surface);
      box-shadow: var(--shadow);
    }
  `;

  @property({ attribute: false }) runs!: Runs;

  constructor() {
    super();
    new FollowRuns(this, () => this.runs);
  }

  protected override render() {
    const { active } = this.runs;
    if (active.length === 0) return nothing;
    return html`<section aria-label="Queue">
      ${active.map((run) => html`<run-status .run=${run} @stop=${() => this.runs.stop(run.name)}></run-status>`)}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'run-queue': RunQueue;
  }
}
