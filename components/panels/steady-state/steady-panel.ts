import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { memo } from '../../../src/drawing/memo';
import type { RunRequest } from '../../../src/experiments/run';
import type { SteadyStateResult } from '../../../src/experiments/spectrum/steady-state';
import { startStates } from '../../../src/parameters/start-state';
import { sameSystem } from '../../../src/parameters/system';
import { steadyFinding } from '../../lab/findings';
import { sections } from '../../lab/sections';
import { notation } from '../../parameters/notation';
import { atSystem } from '../../parameters/system-words';
import { choice } from '../../shared/choice';
import { LabPanel, type Part } from '../../shared/lab-panel';
import '../../plot/lab-plot';
import type { HeatScale } from '../../../src/drawing/heat';
import { enclosure, measured, short } from '../../../src/drawing/number';
import { driveOf } from '../../../src/figures/mean-field-behind';
import { undrivenOnce } from '../../../src/figures/mean-field-plots';
import { crssPlot, relaxationPlot } from '../../../src/figures/relaxation-plots';
import {
  byAtoms,
  magnetizationPlot,
  smallDistributionPlots,
  squeezingPlot,
  steadyDistributionPlot,
} from '../../../src/figures/steady-plots';
import type { SystemParameters } from '../../../src/parameters/system';
import type { DocumentsOf } from '../../runs/run-names';
import { pickStyle } from '../../shared/pick-style';
import { type ShownPoint, shownPoint, storedWords, whereOf } from '../../shared/stored-point';
import { drivesOf } from '../../shared/sweep-drives';
import { valueTable } from '../../shared/value-table';
import { waterfallPlot } from './waterfall-plot';

type Documents = DocumentsOf<'sweep of steady states'>;

const shades: readonly [HeatScale['kind'], string][] = [
  ['linear', 'linear'],
  ['log', 'logarithmic'],
];

const parts: readonly Part[] = [
  { name: 'steady state', label: 'This drive' },
  { name: 'sweep of steady states', label: 'Sweep' },
  { name: 'relaxation', label: 'Follow in time', points: 'starts' },
];

/** The master equation's steady state: figures 2a to 2c and S4, and the way there, S3. */
@customElement('steady-panel')
export class SteadyPanel extends LabPanel {
  static override styles = [...LabPanel.styles, pickStyle];

  /** number of atoms of the waterfall, where the sweep has it */
  @state() private atoms = 0;
  @state() private scale: HeatScale['kind'] = 'linear';
  @state() private isOneByOneOpen = false;

  private readonly undriven = undrivenOnce();
  private readonly drives = memo(drivesOf);
  private readonly waterfall = memo(waterfallPlot);
  private readonly magnetization = memo(magnetizationPlot);
  private readonly squeezing = memo(squeezingPlot);
  private readonly distribution = memo(steadyDistributionPlot);
  private readonly smallDistributions = memo(smallDistributionPlots);
  private readonly relaxation = memo(relaxationPlot);
  private readonly crss = memo(crssPlot);

  /** From every start there is, over the time of the trajectories. */
  private relaxations(): RunRequest[] {
    const { time, samples } = this.view.values;
    const starts = startStates.filter((start) => start !== 'crss' || this.parameters.gamma1D > 0);
    return starts.flatMap((start) => this.request('time-evolution', { time, samples, start }));
  }

  protected override requests() {
    return {
      'steady state': this.request('steady-state'),
      'sweep of steady states': this.sweep('steady-state'),
      relaxation: this.relaxations(),
    };
  }

  protected override render() {
    const [own] = this.runs.documentsOf('steady state');
    const points = this.runs.documentsOf('sweep of steady states');
    const shown = shownPoint(own, this.isStale('steady state'), points, this.parameters);
    const { document, isStale } = shown;
    const sweepStale = this.isStale('sweep of steady states');
    const system = this.undriven(this.parameters);
    const drives = this.drives(this.runs.of('sweep of steady states'));
    return html`<section aria-labelledby="title">
      ${this.renderHeader(sections['steady-panel'], parts)}
      ${document && !isStale ? steadyFinding(document, whereOf(shown)) : nothing}
      <p class="lead">
        The one steady state ${notation('*ρ*_s')} of (1): in the bistable region it mixes both branches, and its
        distribution of ${notation('*m*')} has two peaks.
      </p>
      ${this.renderCaveat()} ${this.renderLeftOut()} ${this.renderSkipped('sweep of steady states')}
      ${this.renderFailures('steady state', 'sweep of steady states', 'relaxation')}
      <div class="two">
        ${this.renderOverDrive('sweep of steady states', this.magnetization(system, points, drives))}
        ${this.renderOverDrive('sweep of steady states', this.squeezing(system, points, drives))}
        ${this.renderPointPlot('steady state', shown, this.distributionOf(shown))}
        ${document ? this.renderMoments(shown, document) : nothing}
      </div>
      ${this.renderWaterfall(system, points, drives, sweepStale)}
      ${this.renderSmallDistributions(points, sweepStale)}
      ${this.renderRelaxation(own)}
      <details class="method">
        <summary>Method</summary>
        <p>
          The real symmetric sector of (1) in blocks of spin ${notation('*j*')}, about ${notation('*N*^3/12')} unknowns, solved to a
          residual that is shown; in time by the Taylor series of ${notation('exp(*Lt*)')} in double precision, to rounding; ${notation('*P*_m = Σ_j ⟨*j*, *m*|*ρ*_s|*j*, *m*⟩')}. Squeezing is
          ${notation('*ξ*^2 = min Var[*S*′_φ] *N*/|⟨*S*⟩|^2')} across the mean spin.
        </p>
      </details>
    </section>`;
  }

  /** P_m here, or at the sweep's point next to here. */
  private distributionOf({ document, isStored }: ShownPoint<Documents[number]>) {
    const { parameters, result } = document ?? { parameters: this.parameters, result: null };
    if (!document || !isStored) return this.distribution(parameters, result);
    const at = `*ρ*_s at *Ω*/*Ω*_c = ${short(driveOf(document))}, a point of the sweep`;
    return this.distribution(parameters, result, at);
  }

  private renderMoments(shown: ShownPoint<Documents[number]>, document: Documents[number]) {
    return html`<div class=${shown.isStale ? 'stale' : ''}>
      <h3>Moments${atSystem(document.parameters)}${storedWords(shown)}</h3>
      ${renderMoments(document.result)}${this.renderProve(shown, document)}${this.renderWarnings(document)}
    </div>`;
  }

  /** The same once more, with proven bounds. */
  private renderProve({ isStored }: ShownPoint<Documents[number]>, { result }: Documents[number]) {
    if (isStored || result.proven) return nothing;
    const cannot = this.obstacle() !== '' || this.isStale('steady state');
    return html`<p class="note">
      The bounds are estimates.
      <button
        ?disabled=${cannot}
        @click=${() => void this.runs.start('steady state', this.request('steady-state', { prove: proved }))}
      >
        Prove the values
      </button>
    </p>`;
  }

  /** P_m along the sweep, of one number of atoms after another. */
  private renderWaterfall(
    system: SystemParameters,
    points: Documents,
    drives: readonly number[],
    stale: boolean,
  ) {
    if (points.length === 0) return nothing;
    const sizes = [...byAtoms(points).keys()];
    const atoms = sizes.includes(this.atoms) ? this.atoms : sizes[sizes.length - 1];
    const spec = this.waterfall(system, points, drives, atoms, this.scale);
    return html`<div class="pick">
        <h3>Distribution of ${notation('*m*')} along the sweep</h3>
        ${choice(
          'Atoms',
          sizes.map((n) => [n, n] as const),
          atoms,
          (n) => {
            this.atoms = n;
          },
        )}
        ${choice('Shade', shades, this.scale, (scale) => {
          this.scale = scale;
        })}
      </div>
      <lab-plot
        .spec=${spec}
        .origins=${points}
        .drive=${this.line(this.parameters)}
        .height=${320}
        ?stale=${stale}
      ></lab-plot>`;
  }

  /** Figure S4, or a fold, where the sweep is small enough to look at one by one. */
  private renderSmallDistributions(points: Documents, stale: boolean) {
    const specs = this.smallDistributions(points);
    if (specs.length === 0) return nothing;
    const isFigure = this.view.figure === 'S4';
    const plots = () => html`<div class="grid">
      ${specs.map(
        (spec, i) =>
          html`<lab-plot .spec=${spec} .origins=${points.slice(i, i + 1)} .height=${150} ?stale=${stale}></lab-plot>`,
      )}
    </div>`;
    if (isFigure)
      return html`<h3>Distribution of ${notation('*m*')} at each point of the sweep</h3>${plots()}`;
    return html`<details
      class="fold"
      ?open=${this.isOneByOneOpen}
      @toggle=${(event: Event) => {
        this.isOneByOneOpen = (event.target as HTMLDetailsElement).open;
      }}
    >
      <summary>One by one</summary>
      ${this.isOneByOneOpen ? plots() : nothing}
    </details>`;
  }

  private renderRelaxation(steady: Documents[number] | undefined) {
    const relaxed = this.runs.documentsOf('relaxation');
    const parameters = relaxed[0]?.parameters ?? this.parameters;
    const same = steady && sameSystem(steady.parameters, parameters);
    const specs = [
      this.relaxation(parameters, relaxed, same ? steady.result : null),
      this.crss(parameters, relaxed),
    ];
    return html`<h3>The way there in time</h3>
      <div class="two">
        ${specs.map((spec) => this.renderPlot('relaxation', spec, 'Follow it to see it.'))}
      </div>`;
  }
}

const rowsOfMoments = [
  ['⟨*S*_z⟩', 'Sz'],
  ['⟨*S*_y⟩', 'Sy'],
  ['⟨*S*_x^2⟩', 'Sx2'],
  ['⟨*S*_y^2⟩', 'Sy2'],
  ['⟨*S*_z^2⟩', 'Sz2'],
  ['squeezing *ξ*^2', 'squeezing'],
] as const;
const proved = rowsOfMoments.map(([, name]) => name).join(',');

function renderMoments({ moments, errors, residual, proven }: SteadyStateResult) {
  const rows = rowsOfMoments.map(([label, name]) => {
    const [value, error, interval] = [moments[name], errors.moments[name], proven?.[name]];
    if (interval) return [label, enclosure(interval)];
    return [label, value === null ? '' : measured(value, error ?? 0)];
  });
  rows.push(['residual |*Lρ*|/|*ρ*|', short(residual)]);
  return valueTable(
    'Moments of the steady state',
    ['moment', proven ? 'proven to lie within [ , ]' : 'value ± bound'],
    rows,
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'steady-panel': SteadyPanel;
  }
}
