import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { ResultDocument } from '../src/experiments/experiment';
import type { GapResult } from '../src/experiments/gap';
import './document-files';
import { gapPlot } from './gap-plots';
import { LabPanel } from './lab-panel';
import { memo } from './memo';
import { notation } from './notation';
import './plot/lab-plot';
import { measured, short } from './plot/number';

type Documents = readonly ResultDocument<GapResult>[];
const none: Documents = [];

/** The slowest decay rate of the Liouvillian: figure 2d. */
@customElement('gap-panel')
export class GapPanel extends LabPanel {
  private readonly plot = memo(gapPlot);

  protected override render() {
    const here = this.request('gap');
    const sweep = this.sweep('gap');
    const document = (this.runs.of('gap')?.documents as Documents | undefined)?.[0];
    const sweepRun = this.runs.of('sweep of gaps');
    const points = (sweepRun?.documents as Documents | undefined) ?? none;
    return html`<section aria-labelledby="title">
      <header>
        <h2 id="title">Liouvillian gap</h2>
        <div class="buttons">
          ${this.renderStart('gap', 'Run', here)}
          ${this.renderStart('sweep of gaps', `Sweep ${sweep.length || ''} drives`, sweep)}
          <document-files .documents=${document ? [document] : []}></document-files>
        </div>
      </header>
      <p class="lead">
        ${notation('*λ*_1')} is the rate at which (1) forgets which branch it was on. Two phases coexist for a time
        ${notation('1/*λ*_1')}, longest where the two weigh the same.
      </p>
      ${this.renderStatus('gap', 'sweep of gaps')}
      <div class="two">
        <lab-plot
          .spec=${this.plot(this.parameters, points)}
          .message=${this.emptiness(sweepRun, 'Sweep the drive to see it.')}
          ?stale=${this.isStale('sweep of gaps', sweep)}
        ></lab-plot>
        <div class=${this.isStale('gap', here) ? 'stale' : nothing}>
          <h3>At ${document ? html`${notation('*Ω*/*Ω*_c')} = ${short(document.parameters.driveOverCritical ?? 0)}` : 'one drive'}</h3>
          ${document ? renderGap(document.result) : html`<p class="note">Run to see ${notation('*λ*_1')} with its bound.</p>`}
          ${document?.warnings.map((warning) => html`<p class="note">${warning}</p>`)}
        </div>
      </div>
      <details class="method">
        <summary>Method</summary>
        <p>
          Two-sided Jacobi-Davidson on the real symmetric sector: ${notation('*λ*_1 = *w*·*Lu*/*w*·*u*')} in double precision, the
          corrections in single. The error is a bound from the residuals of both eigenvectors and their condition; eigenvalues
          are those of (4), and the antisymmetric sector is searched beside it up to 20 atoms.
        </p>
      </details>
    </section>`;
  }
}

function renderGap({ lambda1, lambda2, certified, frequency, residuals, condition, matvecs }: GapResult) {
  return html`<div class="over" tabindex="0" role="region" aria-label="The gap">
    <table class="values">
      <thead>
        <tr>
          <th scope="col">quantity, in the unit of the rates</th>
          <th scope="col">value ± bound</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">${notation('*λ*_1')} ${certified ? '' : '(not certified)'}</th>
          <td>${measured(lambda1.value, lambda1.error)}</td>
        </tr>
        ${
          frequency === 0
            ? nothing
            : html`<tr>
                <th scope="row">its frequency</th>
                <td>${short(frequency)}</td>
              </tr>`
        }
        ${
          lambda2
            ? html`<tr>
                <th scope="row">${notation('*λ*_2')}</th>
                <td>
                  ${measured(lambda2.re, lambda2.error)}${lambda2.im === 0 ? '' : ` ± ${short(Math.abs(lambda2.im))}i`}
                </td>
              </tr>`
            : nothing
        }
        <tr>
          <th scope="row">residuals, right and left</th>
          <td>${short(residuals.right)}, ${short(residuals.left)}</td>
        </tr>
        <tr>
          <th scope="row">condition number</th>
          <td>${short(condition)}</td>
        </tr>
        <tr>
          <th scope="row">matrix-vector products</th>
          <td>${matvecs.toLocaleString('en')}</td>
        </tr>
      </tbody>
    </table>
  </div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'gap-panel': GapPanel;
  }
}
