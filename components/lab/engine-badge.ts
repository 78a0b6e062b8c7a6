import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { short } from '../../src/drawing/number';
import { engineTable } from '../../src/experiments/engine-choice';
import type { AdapterResult } from '../../src/experiments/self-test/adapter';
import { adapterName } from '../../src/gpu/gpu';
import { chooseEngine, chosenEngine } from '../runs/chosen-engine';
import { FollowRuns } from '../runs/follow-runs';
import { isActive, type Runs } from '../runs/runs';
import { controlStyle } from '../shared/style';
import type { Probe } from './adapter-probe';

/** What a person reads for each choice. */
const choices = {
  auto: 'a hardware GPU, else the CPU',
  gpu: 'any GPU, in software too',
  cpu: 'the CPU',
} as const;

/** Which engine computes and who chose it, and on request whether the GPU's float32 can be trusted. */
@customElement('engine-badge')
export class EngineBadge extends LitElement {
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

  @property({ attribute: false }) probe!: Exclude<Probe, { kind: 'probing' }>;
  @property({ attribute: false }) runs!: Runs;

  constructor() {
    super();
    new FollowRuns(this, () => this.runs);
  }

  protected override render() {
    const { probe } = this;
    return html`<details>
      <summary class="engine">${this.renderEngine()}</summary>
      <div tabindex="0" role="region" aria-label="Engine">
        <p>
          <label
            >Compute on
            <select
              id="engine"
              @change=${(event: Event) => {
                chooseEngine((event.target as HTMLSelectElement).value);
                this.requestUpdate();
              }}
            >
              ${engineTable.engine.value.of.map(
                (engine) =>
                  html`<option value=${engine} ?selected=${engine === chosenEngine()}>${choices[engine]}</option>`,
              )}
            </select></label
          >
        </p>
        ${probe.kind === 'none' ? html`<p>${probe.why} ${probe.remedy}</p>` : this.renderSelfTest()}
      </div>
    </details>`;
  }

  private renderEngine() {
    const { probe } = this;
    const chosen = chosenEngine();
    if (chosen === 'gpu' && probe.kind === 'none') return html`<b>no GPU</b>`;
    const isCpu = chosen === 'cpu' || probe.kind === 'none' || (chosen === 'auto' && probe.adapter.fallback);
    if (isCpu) return html`CPU, ${navigator.hardwareConcurrency} threads`;
    const { adapter } = probe;
    return html`${adapter.fallback ? html`<b>software adapter: slow</b>` : 'GPU'} ${adapterName(adapter)}${this.verdict}`;
  }

  private get verdict(): string {
    const result = this.runs.of('self-test')?.documents[0]?.result;
    if (!result) return '';
    return result.checks.every(({ passed }) => passed) ? ', self-test passed' : ', self-test failed';
  }

  private renderSelfTest() {
    const run = this.runs.of('self-test');
    const result = run?.documents[0]?.result;
    return html`<p>
        The self-test holds the GPU's single precision against double: arithmetic, random numbers, a short trajectory,
        matrix-vector products.
      </p>
      <button
        ?disabled=${isActive(run)}
        @click=${() => void this.runs.start('self-test', [{ command: 'adapter', system: {}, options: {}, engine: 'gpu' }])}
      >
        Run the self-test
      </button>
      ${run?.error ? html`<p role="alert">It failed: ${run.error.message}</p>` : nothing}
      ${result ? renderChecks(result) : nothing}`;
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
    'engine-badge': EngineBadge;
  }
}
