import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { memo } from '../../../src/drawing/memo';
import { measured, short } from '../../../src/drawing/number';
import type { RunRequest } from '../../../src/experiments/run';
import type { GapResult } from '../../../src/experiments/spectrum/gap';
import type { GapScalingResult } from '../../../src/experiments/spectrum/gap-scaling';
import { gapPlot, scalingPlot, slopesPlot } from '../../../src/figures/gap-plots';
import { undrivenOnce } from '../../../src/figures/mean-field-plots';
import { atSameRatio } from '../../../src/parameters/system';
import { gapFinding } from '../../lab/findings';
import { sections } from '../../lab/sections';
import { notation } from '../../parameters/notation';
import { atSystem } from '../../parameters/system-words';
import { LabPanel, type Part } from '../../shared/lab-panel';
import { shownPoint, storedWords, whereOf } from '../../shared/stored-point';
import { drivesOf } from '../../shared/sweep-drives';
import { valueTable } from '../../shared/value-table';
import '../../plot/lab-plot';
import { sizesThatFit } from '../../../src/figures/sweep';

const parts: readonly Part[] = [
  { name: 'gap', label: 'This drive' },
  { name: 'sweep of gaps', label: 'Sweep' },
  { name: 'closing of the gap', label: 'Minimise over the drive' },
];

/** The slowest decay rate of the Liouvillian: figure 2d. */
@customElement('gap-panel')
export class GapPanel extends LabPanel {
  private readonly undriven = undrivenOnce();
  private readonly drives = memo(drivesOf);
  private readonly plot = memo(gapPlot);
  private readonly power = memo(scalingPlot);
  private readonly exponential = memo(scalingPlot);
  private readonly slopes = memo(slopesPlot);

  /** At the system's Gamma/gamma, for the sweep's numbers of atoms or the paper's. */
  private scaling(): RunRequest[] {
    const system = atSameRatio(this.parameters, this.parameters.atoms);
    const asked = this.checked.sweep?.atoms ?? [];
    const { fitting } = sizesThatFit(this.parameters, asked);
    const options = asked.length > 1 ? { atoms: fitting.join(',') } : {};
    const isPossible = this.parameters.atoms > 1 && (asked.length < 2 || fitting.length > 0);
    return isPossible ? [{ command: 'gap-scaling', system, options }] : [];
  }

  protected override requests() {
    return {
      gap: this.request('gap'),
      'sweep of gaps': this.sweep('gap'),
      'closing of the gap': this.scaling(),
    };
  }

  protected override render() {
    const [own] = this.runs.documentsOf('gap');
    const points = this.runs.documentsOf('sweep of gaps');
    const shown = shownPoint(own, this.isStale('gap'), points, this.parameters);
    const { document, isStale } = shown;
    const drives = this.drives(this.runs.of('sweep of gaps'));
    const [closing] = this.runs.documentsOf('closing of the gap');
    return html`<section aria-labelledby="title">
      ${this.renderHeader(sections['gap-panel'], parts)}
      ${document && !isStale ? gapFinding(document, whereOf(shown)) : nothing}
      <p class="lead">
        ${notation('*λ*_1')} is the rate at which (1) forgets which branch it was on. Two phases coexist for a time
        ${notation('1/*λ*_1')}, longest where the two weigh the same.
      </p>
      ${this.renderCaveat()} ${this.renderLeftOut()} ${this.renderSkipped('sweep of gaps')}
      ${this.renderFailures('gap', 'sweep of gaps', 'closing of the gap')}
      <div class="two">
        ${this.renderOverDrive('sweep of gaps', this.plot(this.undriven(this.parameters), points, drives))}
        ${
          document
            ? html`<div class=${isStale ? 'stale' : ''}>
                <h3>The gap${atSystem(document.parameters)}${storedWords(shown)}</h3>
                ${renderGap(document.result)}${this.renderWarnings(document)}
              </div>`
            : html`<div>
                <h3>At one drive</h3>
                <p class="note">Run to see ${notation('*λ*_1')} with its bound.</p>
              </div>`
        }
      </div>
      <h3>How it closes with ${notation('*N*')}</h3>
      <div class="two">
        ${[
          this.power(closing?.result ?? null, 'log-log'),
          this.exponential(closing?.result ?? null, 'semi-log'),
          this.slopes(closing?.result ?? null),
        ].map((spec) => this.renderPlot('closing of the gap', spec, ''))}
      </div>
      ${
        closing?.result.fits
          ? html`<div class=${this.isStale('closing of the gap') ? 'stale' : ''}>${renderFits(closing.result)}</div>`
          : nothing
      }
      ${closing ? this.renderWarnings(closing) : nothing}
      <details class="method">
        <summary>Method</summary>
        <p>
          Two-sided Jacobi-Davidson on the real symmetric sector: ${notation('*λ*_1 = *w*·*Lu*/*w*·*u*')} in double precision, the
          corrections in single where a GPU solves them. The error is a bound from the residuals of both eigenvectors and
          their condition; eigenvalues are those of (4), and the antisymmetric sector is searched beside it.
        </p>
      </details>
    </section>`;
  }
}

function renderFits({ fits, ratio, points, slopes, extrapolatedRate }: GapScalingResult) {
  if (!fits) return nothing;
  const { powerLaw, exponential } = fits;
  // Two points lie on any law of two parameters: what it is off by says something from three on.
  if (points.length < 3)
    return html`<p class="note">Two sizes fix both laws without testing them: give three or more to compare them.</p>`;
  return html`<p class="note">
    At ${notation('*Γ*/*γ*')} = ${short(ratio)}, ${points.length} sizes. Power law:
    ${measured(powerLaw.prefactor.value, powerLaw.prefactor.error)}
    ${notation('*N*^{−κ}')} with κ = ${measured(powerLaw.exponent.value, powerLaw.exponent.error)}, off by
    ${(100 * powerLaw.rmsDeviation).toPrecision(2)} % (rms)${chiSquared(powerLaw)}. Exponential: rate
    ${measured(exponential.rate.value, exponential.rate.error)} an atom, off by
    ${(100 * exponential.rmsDeviation).toPrecision(2)} %${chiSquared(exponential)}. ${renderSlopes(slopes, extrapolatedRate)}
  </p>`;
}

/** In units of the bounds, which no law of two parameters is expected to meet. */
const chiSquared = ({ reducedChiSquared: reduced }: { reducedChiSquared?: number | null }) =>
  reduced ? html`, ${notation('*χ*^2')} = ${short(reduced)} a degree of freedom` : nothing;

function renderSlopes(
  slopes: GapScalingResult['slopes'],
  extrapolated: GapScalingResult['extrapolatedRate'],
) {
  const last = slopes?.at(-1);
  if (last === undefined) return nothing;
  const limit = extrapolated
    ? html`; in a line in ${notation('1/*N*')} the slopes tend to
      ${measured(extrapolated.value, extrapolated.error)}, give or take what a parabola makes of them`
    : nothing;
  return html`From ${last.from} to ${last.to} atoms ${notation('*λ*_1')} falls by
    ${measured(last.rate.value, last.rate.error)} an atom${limit}.`;
}

function renderGap({ lambda1, lambda2, certified, frequency, residuals, condition, matvecs }: GapResult) {
  const beside = lambda2 && lambda2.im !== 0 ? ` ± ${short(Math.abs(lambda2.im))}i` : '';
  return valueTable(
    'The gap',
    ['quantity, in the unit of the rates', 'value ± bound'],
    [
      [certified ? '*λ*_1' : '*λ*_1 (not certified)', measured(lambda1.value, lambda1.error)],
      ...(frequency === 0 ? [] : [['its frequency', short(frequency)]]),
      ...(lambda2 ? [['*λ*_2', `${measured(lambda2.re, lambda2.error)}${beside}`]] : []),
      ['residuals, right and left', `${short(residuals.right)}, ${short(residuals.left)}`],
      ['condition number', short(condition)],
      ['matrix-vector products', matvecs.toLocaleString('en')],
    ],
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'gap-panel': GapPanel;
  }
}
