import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import './run-status';
import { FollowRuns } from './follow-runs';
import type { Runs } from './runs';

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
    p {
      margin: 0 0 10px;
    }
  `;

  @property({ attribute: false }) runs!: Runs;

  constructor() {
    super();
    new FollowRuns(this, () => this.runs);
  }

  protected override render() {
    const { active, keepingFailure } = this.runs;
    const notice = keepingFailure
      ? html`<section role="alert">
          <p>
            This browser could not keep the results: ${keepingFailure.message || keepingFailure.name}. They stay on this
            page until it is closed or loaded anew; save them as files.
          </p>
        </section>`
      : nothing;
    if (active.length === 0) return notice;
    return html`${notice}<section aria-label="Queue">
      ${active.map(
        (run) =>
          html`<run-status .run=${run} .ahead=${this.runs.ahead(run)} @stop=${() => this.runs.stop(run.name)}></run-status>`,
      )}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'run-queue': RunQueue;
  }
}
