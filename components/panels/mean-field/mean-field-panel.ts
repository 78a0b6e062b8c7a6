import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { memo } from '../../../src/drawing/memo';
import { dipolePlot, expansionPlot, familyPlot } from '../../../src/figures/expansion-plots';
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
  isSeeded,
  meanFieldCurves,
  stabilityPlot,
  undrivenOnce,
} from '../../../src/figures/mean-field-plots';
import { bistableIntervals } from '../../../src/mean-field/bistability';
import { type Branch, meanFieldBranches, meanFieldCaveat } from '../../../src/mean-field/branches';
import { meanFieldOf } from '../../../src/mean-field/equations';
import { lowerBranchSqueezing } from '../../../src/mean-field/squeezing';
import type { LiveTrajectory } from '../../../src/page/live-trajectory';
import { decayRatio, isEquation1, isReal, type SystemParameters } from '../../../src/parameters/system';
import { meanFieldOrigin } from '../../../src/results/origin';
import { Alone } from '../../lab/alone';
import { renderTitle, sections } from '../../lab/sections';
import { guestStyle } from '../../lab/theme';
import { notation } from '../../parameters/notation';
import { inWords } from '../../parameters/system-words';
import type { CheckedView, View } from '../../parameters/view';
import type { Runs } from '../../runs/runs';
import { panelStyle } from '../../shared/panel-style';
import { valueTable } from '../../shared/value-table';
import { driveHandle } from './drive-handle';
import '../../plot/lab-plot';
import '../../scene/opening-scene';
import './phase-diagram';
import { short } from '../../../src/drawing/number';
import { sharedAxis } from '../../scene/levels';
import { controlStyle, notationStyle } from '../../shared/style';

const fixed = (value: number, digits: number) => value.toFixed(digits).replace('-', '−');

/** The longest that the flow is computed at a stretch, ms. */
const LONGEST_STRETCH = 8;

/** The mean field, Eqs. (2), (3). Fires `drive-change` (detail: Omega/Omega_c, or Omega where Omega_c = 0), which leaves every shadow. */
@customElement('mean-field-panel')
export class MeanFieldPanel extends LitElement {
  static override styles = [controlStyle, notationStyle, panelStyle, guestStyle];

  /** the last valid ones */
  @property({ attribute: false }) parameters!: SystemParameters;
  @property({ attribute: false }) view!: View;
  @property({ attribute: false }) checked!: CheckedView;
  @property({ attribute: false }) runs!: Runs;

  /** the trajectory of the present system that the page watches */
  @property({ attribute: false }) live!: LiveTrajectory;

  constructor() {
    super();
    new Alone(this);
  }

  /** the last that was computed, which may be another system's */
  @state() private flow: Flow | null = null;

  private readonly origins = memo(meanFieldOrigin);
  private readonly undriven = undrivenOnce();
  private readonly curves = memo(meanFieldCurves);
  private readonly bistable = memo(bistableIntervals);
  private readonly axis = memo(sharedAxis);
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
    for (const start of flowStarts(parameters)) {
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
    const branches = meanFieldBranches(meanFieldOf(parameters));
    const undriven = this.undriven(parameters);
    const value = driveValue(parameters);
    const end = driveEnd(parameters);
    const handle = driveHandle(parameters, branches);
    const origins = this.origins(parameters);
    const curves = this.curves(undriven, end);
    const axis = this.axis(undriven);
    const flow = this.flow ?? this.nothingYet(parameters);
    // Over Omega where there is no Omega_c; other ratios are always over Omega/Omega_c.
    const line = { x: value, words: short(value), step: handle.step / 10 };
    const ratioLine = parameters.driveOverCritical === null ? null : line;
    return html`<section aria-labelledby="title">
      <header>
        <h2 id="title">${renderTitle(sections['mean-field-panel'])}</h2>
      </header>
      ${this.renderLead(branches, this.bistable(undriven))}
      <opening-scene
        .parameters=${parameters}
        .live=${this.live}
        .drive=${curves.drive}
        .axis=${axis}
        .height=${300}
      >
        <lab-plot
          slot="curve"
          .spec=${this.inversion(curves, axis)}
          .origins=${origins}
          .handle=${handle}
          .height=${300}
          @handle-move=${(event: CustomEvent<number>) =>
            this.dispatchEvent(
              new CustomEvent('drive-change', { detail: event.detail, bubbles: true, composed: true }),
            )}
        ></lab-plot>
      </opening-scene>
      <phase-diagram
        .view=${this.view}
        .checked=${this.checked}
        .parameters=${parameters}
        .runs=${this.runs}
      ></phase-diagram>
      <h3>At this drive</h3>
      ${this.renderBranches(branches)}
      <div class="two">
        <div>
          <h3>Stability</h3>
          <lab-plot .spec=${this.stability(curves)} .origins=${origins} .drive=${line} .height=${220}></lab-plot>
        </div>
        <div>
          <h3>Flow in time</h3>
          <lab-plot
            .spec=${this.flows(flow)}
            .origins=${origins}
            .height=${220}
            ?stale=${this.flow !== null && flow.parameters !== parameters}
          ></lab-plot>
          ${isCutShort(flow) ? html`<p class="note">Followed for at most 200 turns of the drive and the detuning, and 100,000 of the fastest decay’s times.</p>` : nothing}
          ${isSeeded(parameters) ? html`<p class="note">From dipoles of 0.001, for want of a drive to make them.</p>` : nothing}
        </div>
      </div>
      <h3>Other ${notation('*Γ*/*γ*')}, and the expansion in ${notation('*γ*')}</h3>
      ${isEquation1(parameters) ? nothing : html`<p class="note">These are of decay alone, on resonance: without the system’s other rates.</p>`}
      <div class="two">
        <lab-plot .spec=${familyPlot} .drive=${ratioLine} .height=${220}></lab-plot>
        <lab-plot .spec=${dipolePlot} .drive=${ratioLine} .height=${220}></lab-plot>
        ${
          isEquation1(parameters)
            ? html`<lab-plot .spec=${this.expansion(curves)} .origins=${origins} .drive=${line} .height=${220}></lab-plot>`
            : nothing
        }
      </div>
      <details class="method">
        <summary>Method</summary>
        <p>
          Real roots of the cubic (2), ${notation('(1 + *s*_z)(*γ* − *s*_z*Γ*)^2 + 8*s*_z*Ω*^2 = 0')}, by bisection in double
          precision; stability by the eigenvalues of the Jacobian (S31), the bistable interval by (S24). Squeezing is
          (7) with (S42), which holds on the lower branch: up to its fold, or to ${notation('*s*_z')} = −1/2 where there is none. The expansion to second order in ${notation('*γ*')} is (S27) to (S30),
          with the sign of (S30) corrected. The dashed Dicke curve is
          ${notation('*s*_z = −√(1 − *Ω*^2/*Ω*_c^2)')}. With detuning, shift, pumping or dephasing the dipole, eliminated, still leaves a cubic in
          ${notation('*s*_z')}, and the drive is a function of ${notation('*s*_z')} along it: where it turns, and where a pair of
          eigenvalues crosses the axis, the bistable interval begins and ends. Eq. (7), the expansion and the Dicke curve are then left out.
        </p>
      </details>
    </section>`;
  }

  /** Where it is bistable, and whether anything is stable here. */
  private renderLead(branches: readonly Branch[], [interval]: ReturnType<typeof bistableIntervals>) {
    const { parameters } = this;
    const caveat = meanFieldCaveat(parameters);
    if (caveat !== null) return html`<p class="note">${caveat}</p>`;
    const drive = notation(parameters.driveOverCritical === null ? '*Ω*' : '*Ω*/*Ω*_c');
    return html`<p class="lead">
        ${
          interval
            ? html`Two stable branches for ${drive} between ${inWords(interval, 'and')}. Drag the drive across them.`
            : isEquation1(parameters)
              ? html`One stable solution at every drive: bistability needs ${notation('*Γ* > 8*γ*')}, here
                ${notation('*Γ*/*γ*')} = ${short(decayRatio(parameters))}.`
              : html`No drive has two stable steady states.`
        }
      </p>
      ${
        branches.some(({ stable }) => stable)
          ? nothing
          : html`<p class="note">
              At this drive no steady state is stable: the mean field never comes to rest. The command
              <code>mean-field</code> looks for its period.
            </p>`
      }`;
  }

  private renderBranches(branches: readonly Branch[]) {
    const { parameters } = this;
    const hasSx = !isReal(parameters) || branches.some(({ circling }) => circling !== null);
    const hasSqueezing = isEquation1(parameters);
    const names = branches.length === 3 ? ['lower', 'middle', 'upper'] : ['the only one'];
    const name = ({ circling }: Branch, i: number) => {
      if (circling === null) return branches.length === 2 ? 'without a dipole' : names[i];
      return html`lasing, turns at ${short(circling)}`;
    };
    const squeezingOf = (branch: Branch) => {
      const squeezing = lowerBranchSqueezing(parameters, branch);
      return squeezing === null ? nothing : short(squeezing);
    };
    const columns: [name: string, cell: (branch: Branch, i: number) => unknown][] = [
      ['branch', name],
      ['*s*_z', ({ sz }) => fixed(sz, 4)],
      ['*N s*_z/2', ({ sz }) => fixed((parameters.atoms * sz) / 2, 3)],
    ];
    if (hasSx) columns.push(['*s*_x', ({ sx }) => fixed(sx, 4)]);
    columns.push(['*s*_y', ({ circling, sy }) => (circling === null ? fixed(sy, 4) : 'any phase')]);
    if (hasSqueezing) columns.push(['squeezing *ξ*^2, (7)', squeezingOf]);
    columns.push(['stable', ({ stable }) => (stable ? 'yes' : 'no')]);
    return valueTable(
      'Branches at this drive',
      columns.map(([name]) => name),
      branches.map((branch, i) => columns.map(([, cell]) => cell(branch, i))),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mean-field-panel': MeanFieldPanel;
  }
}
