import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import './run-status';
import { FollowRuns } from './follow-runs';
import type { Runs } from './runs';

/** What runs, in one line in sight wherever on the page one is, and what waits for it, folded. */
@customElement('run-queue')
export class RunQueue extends LitElement {
  static override styles = css`
    :host {
      display: contents;
    }
    section {
      position: sticky;
      z-index: 154;
      top: 52px;
      padding: 6px 14px;
      border: 1px solid var(--line-strong);
      border-radius: 12px;
      background: var(--surface);
      box-shadow: var(--shadow);
    }
    p {
      margin: 4px 0;
    }
    .line {
      display: flex;
      align-items: center;
      gap: 12px;
    }
    run-status {
      flex: 1;
      min-width: 0;
    }
    summary {
      min-height: 28px;
      padding: 3px 4px;
      border-radius: 4px;
      font-size: 0.86rem;
      white-space: nowrap;
      color: var(--text-soft);
      cursor: pointer;
    }
    ul {
      position: absolute;
      inset: calc(100% + 4px) -1px auto;
      margin: 0;
      padding: 4px 14px;
      border: 1px solid var(--line-strong);
      border-radius: 12px;
      background: var(--surface);
      box-shadow: var(--shadow);
      list-style: none;
    }
    li {
      padding: 4px 0;
    }
    li + li {
      border-top: 1px solid var(--line);
    }
  `;

  @property({ attribute: false }) runs!: Runs;

  constructor() {
    super();
    new FollowRuns(this, () => this.runs);
  }

  protected override render() {
    const { active, keepingFailure, lost } = this.runs;
    const notRead = lost.map((sentence) => html`<section role="alert"><p>${sentence}</p></section>`);
    const notice = keepingFailure
      ? html`<section role="alert">
          <p>
            This browser could not keep the results: ${keepingFailure.message || keepingFailure.name}. They stay on this
            page until it is closed or loaded anew; save them as files.
          </p>
        </section>`
      : nothing;
    if (active.length === 0) return html`${notRead}${notice}`;
    const [first, ...waiting] = active.map(
      (run) =>
        html`<run-status .run=${run} .ahead=${this.runs.ahead(run)} @stop=${() => this.runs.stop(run.name)}></run-status>`,
    );
    return html`${notRead}${notice}<section aria-label="Queue">
      <div class="line">
        ${first}
        ${
          waiting.length === 0
            ? nothing
            : html`<details>
                <summary>${waiting.length} waiting</summary>
                <ul>${waiting.map((run) => html`<li>${run}</li>`)}</ul>
              </details>`
        }
      </div>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'run-queue': RunQueue;
  }
}
