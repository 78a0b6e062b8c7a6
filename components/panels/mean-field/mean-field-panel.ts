import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import {
  type Branch,
  bistableInterval,
  meanFieldBranches,
  meanFieldCaveat,
} from '../../../src/mean-field/branches';
import { lowerBranchSqueezing } from '../../../src/mean-field/squeezing';
import { meanFieldRates, type SystemParameters } from '../../../src/parameters/system';
import { meanFieldOrigin } from '../../../src/results/origin';
import { notation } from '../../parameters/notation';
import { memo } from '../../shared/memo';
import { panelStyle } from '../../shared/panel-style';
import { dipolePlot, expansionPlot, familyPlot } from './expansion-plots';
import {
  driveEnd,
  driveValue,
  type Flow,
  flowFrom,
  flowPlot,
  flowStarts,
  flowTimesOf,
  inversionPlot,
  isCutShort,
  meanFieldCurves,
  stabilityPlot,
} from './mean-field-plots';
import '../../plot/lab-plot';
import { short } from '../../../src/drawing/number';
import type { HandleSpec } from '../../plot/plot-handle';
import { controlStyle, notationStyle } from '../../shared/style';

/** The longest that the flow is computed at a stretch, ms. */
const LONGEST_STRETCH = 8;

/** The mean field, Eqs. (2), (3). Fires `drive-change` (detail: Omega/Omega_c, or Omega where Omega_c = 0). */
@customElement('mean-field-panel')
export class MeanFieldPanel extends LitElement {
  static override styles = [controlStyle, notationStyle, panelStyle];

  /** the last valid ones */
  @property({ attribute: false }) parameters!: SystemParameters;

  /** the last that was computed, which may be another system's */
  @state() private flow: Flow | null = null;

  private readonly origins = memo(meanFieldOrigin);
  private readonly curves = memo(meanFieldCurves);
  private readonly inversion = memo(inversionPlot);
  private readonly stability = memo(stabilityPlot);
  private readonly flows = memo(flowPlot);
  private readonly nothingYet = memo(
    (parameters: SystemParameters): Flow => ({ parameters, times: flowTimesOf(parameters), lines: [] }),
  );
  private readonly expansion = memo(expansionPlot);

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('parameters')) void this.follow(this.parameters);
  }

  /** Follows the flow in short stretches, so that a drag stays smooth. */
  private async follow(parameters: SystemParameters): Promise<void> {
    const times = flowTimesOf(parameters);
    const lines: number[][] = [];
    let last = Number.NEGATIVE_INFINITY;
    for (const start of flowStarts) {
      const line: number[] = [];
      lines.push(line);
      for (const sz of flowFrom(parameters, start, times)) {
        line.push(sz);
        if (performance.now() - last < LONGEST_STRETCH) continue;
        await new Promise((resolve) => setTimeout(resolve));
        if (parameters !== this.parameters) return;
        last = performance.now();
      }
    }
    this.flow = { parameters, times, lines };
  }

  protected override render() {
    const { parameters } = this;
    const { atoms, gamma1D, gammaF } = parameters;
    const rates = meanFieldRates(parameters);
    const branches = meanFieldBranches(rates, parameters.omega);
    const interval = bistableInterval(rates);
    const value = driveValue(parameters);
    const end = driveEnd(parameters);
    const handle: HandleSpec = {
      label: 'Drive',
      x: value,
      y: branches[0].sz,
      dots: branches.slice(1).flatMap(({ sz, stable }) => (stable ? [sz] : [])),
      min: 0,
      max: end,
      step: end > 10 || rates.omegaCritical === 0 ? end / 120 : 0.01,
    };
    const origins = this.origins(parameters);
    const curves = this.curves(atoms, gamma1D, gammaF, end);
    const squeezingOf = (branch: Branch) => {
      const squeezing = lowerBranchSqueezing(parameters, branch);
      return squeezing === null ? nothing : short(squeezing);
    };
    const caveat = meanFieldCaveat(parameters);
    const flow = this.flow ?? this.nothingYet(parameters);
    return html`<section aria-labelledby="title">
      <header>
        <h2 id="title">Mean field</h2>
      </header>
      ${
        caveat === null
          ? html`<p class="lead">
              ${
                interval
                  ? html`Two stable branches for ${notation('*Ω*/*Ω*_c')} between ${interval.from.toFixed(3)} and
                    ${interval.to.toFixed(3)}. Drag the drive across them.`
                  : html`One stable solution at every drive: bistability needs ${notation('*Γ* > 8*γ*')}, here
                    ${notation('*Γ*/*γ*')} = ${short(rates.Gamma / rates.gamma)}.`
              }
            </p>`
          : html`<p class="note">${caveat}</p>`
      }
      <lab-plot
        .spec=${this.inversion(curves, rates.omegaCritical > 0)}
        .origins=${origins}
        .handle=${handle}
        .height=${280}
        @handle-move=${(event: CustomEvent<number>) =>
          this.dispatchEvent(new CustomEvent('drive-change', { detail: event.detail }))}
      ></lab-plot>
      <h3>At this drive</h3>
      <div class="over" tabindex="0" role="region" aria-label="Branches at this drive">
        <table class="values">
          <thead>
            <tr>
              <th scope="col">branch</th>
              <th scope="col">${notation('*s*_z')}</th>
              <th scope="col">${notation('*N s*_z/2')}</th>
              <th scope="col">${notation('*s*_y')}</th>
              <th scope="col">squeezing ${notation('*ξ*^2')}, (7)</th>
              <th scope="col">stable</th>
            </tr>
          </thead>
          <tbody>
            ${branches.map(
              (branch, i) =>
                html`<tr>
                  <th scope="row">${branches.length === 1 ? 'the only one' : ['lower', 'middle', 'upper'][i]}</th>
                  <td>${branch.sz.toFixed(4).replace('-', '−')}</td>
                  <td>${((parameters.atoms * branch.sz) / 2).toFixed(3).replace('-', '−')}</td>
                  <td>${branch.sy.toFixed(4)}</td>
                  <td>${squeezingOf(branch)}</td>
                  <td>${branch.stable ? 'yes' : 'no'}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <div class="two">
        <div>
          <h3>Stability</h3>
          <lab-plot .spec=${this.stability(curves)} .origins=${origins} .height=${220}></lab-plot>
        </div>
        <div>
          <h3>Flow in time</h3>
          <lab-plot
            .spec=${this.flows(flow)}
            .origins=${origins}
            .height=${220}
            ?stale=${this.flow !== null && flow.parameters !== parameters}
          ></lab-plot>
          ${isCutShort(flow) ? html`<p class="note">Followed for at most 200 turns at ${notation('2*Ω*')}, and 100,000/${notation('*Γ*')}.</p>` : nothing}
        </div>
      </div>
      <h3>Other ${notation('*Γ*/*γ*')}, and the expansion in ${notation('*γ*')}</h3>
      <div class="two">
        <lab-plot .spec=${familyPlot} .height=${220}></lab-plot>
        <lab-plot .spec=${dipolePlot} .height=${220}></lab-plot>
        <lab-plot .spec=${this.expansion(curves)} .origins=${origins} .height=${220}></lab-plot>
      </div>
      <details class="method">
        <summary>Method</summary>
        <p>
          Real roots of the cubic (2), ${notation('(1 + *s*_z)(*γ* − *s*_z*Γ*)^2 + 8*s*_z*Ω*^2 = 0')}, by bisection in double
          precision; stability by the eigenvalues of the Jacobian (S31), the bistable interval by (S24). Squeezing is
          (7) with (S42), which holds on the lower branch: up to its fold, or to ${notation('*s*_z')} = −1/2 where there is none. The expansion to second order in ${notation('*γ*')} is (S27) to (S30),
          with the sign of (S30) corrected. The dashed Dicke curve is
          ${notation('*s*_z = −√(1 − *Ω*^2/*Ω*_c^2)')}.
        </p>
      </details>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mean-field-panel': MeanFieldPanel;
  }
}
