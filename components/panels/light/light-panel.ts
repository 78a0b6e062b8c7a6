import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { memo } from '../../../src/drawing/memo';
import { measured } from '../../../src/drawing/number';
import type { PlotSpec } from '../../../src/drawing/plot-spec';
import type { DocumentOf } from '../../../src/experiments/registry';
import { type SystemParameters, sameSystem } from '../../../src/parameters/system';
import { lightFinding } from '../../lab/findings';
import { sections } from '../../lab/sections';
import { notation } from '../../parameters/notation';
import { lightOptions } from '../../parameters/view';
import { LabPanel, type Part } from '../../shared/lab-panel';
import { valueTable } from '../../shared/value-table';
import { countedOf, countHistogram } from './counted';
import { countRatePlot, fanoPlot, g2Plot, quadraturePlot, spectrumPlot, thetaPlot } from './light-plots';
import '../../plot/lab-plot';

const parts: readonly Part[] = [{ name: 'light', label: 'This drive' }];

/** Nothing is emitted, or nothing of it collected. */
const isDark = ({ gamma1D, omega, pumping, collectivePumping }: SystemParameters) =>
  gamma1D === 0 || (omega === 0 && pumping === 0 && collectivePumping === 0);

const ports = {
  atoms: 'the atoms’ dipole, laser nulled',
  mirror: 'the driven mirror’s output',
  cavity: 'the field in the cavity',
} as const;

/** What leaves the cavity: field, spectrum, correlations and counts. */
@customElement('light-panel')
export class LightPanel extends LabPanel {
  private readonly spectrum = memo(spectrumPlot);
  private readonly g2 = memo(g2Plot);
  private readonly fano = memo(fanoPlot);
  private readonly quadrature = memo(quadraturePlot);
  private readonly countRate = memo(countRatePlot);
  private readonly theta = memo(thetaPlot);
  private readonly histogram = memo(countHistogram);

  protected override requests() {
    // The detector is one, of the light and of trajectories.
    const { efficiency } = this.view.values;
    const options = { ...lightOptions(this.view), ...(efficiency.trim() !== '' && { efficiency }) };
    return { light: isDark(this.parameters) ? [] : this.request('radiation', options) };
  }

  protected override render() {
    const [document] = this.runs.documentsOf('light');
    const [ensemble] = this.runs.documentsOf('ensemble');
    const counted = countedOf(ensemble, document);
    const plot = (spec: PlotSpec) => this.renderPlot('light', spec, 'Run to see it.');
    const of = document?.parameters ?? this.parameters;
    return html`<section aria-labelledby="title">
      ${this.renderHeader(sections['light-panel'], parts)}
      ${document && !this.isStale('light') ? lightFinding(document) : nothing}
      <p class="lead">
        The light that leaves the cavity shows the two phases as they come and go: a spectral line of width
        ${notation('*λ*_1')}, counts that bunch for ${notation('1/*λ*_1')}, and a Fano factor that grows as the gap closes.
      </p>
      ${
        isDark(this.parameters)
          ? html`<p class="note">
              Without collective decay, or with neither drive nor pumping, no light comes out.
            </p>`
          : nothing
      }
      ${this.renderFailures('light')}
      <div class="two">
        ${plot(this.spectrum(of, document))} ${plot(this.g2(of, document, counted))}
        ${plot(this.countRate(of, document))} ${plot(this.fano(of, document, counted))}
        ${plot(this.theta(of, document))} ${plot(this.quadrature(of, document))}
        <lab-plot
          .spec=${this.histogram(of, ensemble, counted && document)}
          .message=${
            (ensemble?.result.records.length ?? 0) > 0
              ? ''
              : 'Run the ensemble by photodetection with jump records to see it.'
          }
          .origins=${this.originsOf('ensemble')}
          ?stale=${ensemble !== undefined && !sameSystem(ensemble.parameters, this.parameters)}
        ></lab-plot>
      </div>
      ${
        document
          ? this.renderNumbers(
              'light',
              `The light of ${ports[document.result.port]}`,
              document,
              html`${renderLight(document)}${this.renderWarnings(document)}`,
            )
          : nothing
      }
      <details class="method">
        <summary>Method</summary>
        <p>
          Correlations by regression: ${notation('exp(*Lt*)')} of what a photon leaves behind, by its Taylor series to rounding until it has
          decayed to 1e-11, the slow mode split off by its right and left vectors. Spectra are integrals of those
          polynomials; ${notation('*θ*(*s*)')} is the largest eigenvalue of
          ${notation('*L* + (e^{−s} − 1)*J*')}, from both its vectors. What is counted and correlated is that of the
          chosen port, the field with the drive that interferes there; the incoherent spectrum is the same at each.
        </p>
      </details>
    </section>`;
  }
}

function renderLight({ result }: DocumentOf<'radiation'>) {
  const { field, intensity, coherent, incoherent, counting, lines, phases, errors } = result;
  const rows: [string, string][] = [
    ['⟨*S*_−⟩, real part', measured(field.re, errors.field.re)],
    ['⟨*S*_−⟩, imaginary part', measured(field.im, errors.field.im)],
    ['intensity', measured(intensity, errors.intensity)],
    ['coherent part', measured(coherent, errors.coherent)],
    ['incoherent part', measured(incoherent, errors.incoherent)],
    ['counts per time', measured(counting.rate, errors.counting.rate)],
    ['Fano factor of long windows', measured(counting.fano, errors.counting.fano)],
    ['third cumulant/mean', measured(counting.thirdCumulant, errors.counting.thirdCumulant)],
    ...lines.flatMap(({ halfWidth, weight, errors: off }): [string, string][] => [
      ['slow line, half width', measured(halfWidth, off.halfWidth)],
      ['slow line, its part of the incoherent', measured(weight, off.weight)],
    ]),
  ];
  if (phases && errors.phases) {
    const { intensity: shine } = phases;
    const off = errors.phases;
    rows.push(['intensity of *ρ*_+', measured(shine.plus, off.intensity.plus)]);
    rows.push(['intensity of *ρ*_−', measured(shine.minus, off.intensity.minus)]);
  }
  return valueTable('The light', ['quantity', 'value ± bound'], rows);
}

declare global {
  interface HTMLElementTagNameMap {
    'light-panel': LightPanel;
  }
}
