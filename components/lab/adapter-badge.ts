import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { short } from '../../src/drawing/number';
import type { AdapterResult } from '../../src/experiments/self-test/adapter';
import type { AdapterDescription } from '../../src/gpu/gpu';
import { FollowRuns } from '../runs/follow-runs';
import { isActive, type Runs } from '../runs/runs';
import { controlStyle } from '../shared/style';

/** Who computes, and on request whether its float32 can be trusted. */
@customElement('adapter-badge')
export class AdapterBadge extends LitElement {
  static override styles = [
    controlStyle,
    css`
      details {
        position: relative;
      }
      summary {
        padding: 2px 10px;
        border: 1px solid var(--line);
        border-radius: 99px;
        background: var(--surface);
        cursor: pointer;
      }
      b {
        font-weight: 600;
        color: var(--bad);
      }
      div {
        position: absolute;
        z-index: 170;
        right: 0;
        width: max-content;
        max-width: min(480px, 90vw);
        max-height: 70vh;
        overflow: auto;
        margin-top: 4px;
        padding: 12px 16px;
        border: 1px solid var(--line-strong);
        border-radius: 8px;
        background: var(--surface);
        box-shadow: var(--shadow);
      }
      p {
        margin: 0 0 8px;
      }
      table {
        margin-top: 10px;
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 2px 12px 2px 0;
        text-align: left;
        font-weight: 400;
      }
    `,
  ];

  @property({ attribute: false }) adapter!: AdapterDescription;
  @property({ attribute: false }) runs!: Runs;

  constructor() {
    super();
    new FollowRuns(this, () => this.runs);
  }

  protected override render() {
    const { vendor, architecture, description, fallback } = this.adapter;
    const run = this.runs.of('self-test');
    const result = run?.documents[0]?.result;
    const failed = result?.checks.filter(({ passed }) => !passed) ?? [];
    const verdict = !result ? '' : failed.length === 0 ? ', self-test passed' : ', self-test failed';
    return html`<details>
      <summary class="adapter">
        ${fallback ? html`<b>software adapter: slow</b>` : 'GPU'}
        ${description || [vendor, architecture].filter(Boolean).join(' ')}${verdict}
      </summary>
      <div tabindex="0" role="region" aria-label="Self-test of the adapter">
        <p>
          The self-test holds this adapter's single precision against double: arithmetic, random numbers, a short
          trajectory, matrix-vector products.
        </p>
        <button
          ?disabled=${isActive(run)}
          @click=${() => void this.runs.start('self-test', [{ command: 'adapter', system: {}, options: {} }])}
        >
          Run the self-test
        </button>
        ${run?.error ? html`<p role="alert">It failed: ${run.error.message}</p>` : nothing}
        ${result ? renderChecks(result) : nothing}
      </div>
    </details>`;
  }
}

function renderChecks({ checks }: AdapterResult) {
  return html`<table>
    <thead>
      <tr>
        <th scope="col">check</th>
        <th scope="col">worst error</th>
        <th scope="col">allowed</th>
        <th scope="col">passed</th>
      </tr>
    </thead>
    <tbody>
      ${checks.map(
        ({ name, worst, allowed, passed }) =>
          html`<tr>
            <td>${name}</td>
            <td>${short(worst)}</td>
            <td>${short(allowed)}</td>
            <td>${passed ? 'yes' : html`<b>no</b>`}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'adapter-badge': AdapterBadge;
  }
}
