import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { MetastableResult } from '../../../src/experiments/spectrum/metastable';
import { metastableFinding } from '../../lab/findings';
import { sections } from '../../lab/sections';
import { notation } from '../../parameters/notation';
import { LabPanel, type Part } from '../../shared/lab-panel';
import { memo } from '../../shared/memo';
import { fidelityPlot, plusSqueezingPlot, statesPlot, weightedPlot } from './metastable-plots';
import '../../plot/lab-plot';
import { measured } from '../../../src/drawing/number';
import type { DocumentsOf } from '../../runs/run-names';

type Documents = DocumentsOf<'sweep of metastable states'>;
const none: Documents = [];

const parts: readonly Part[] = [
  { name: 'metastable states', label: 'This drive' },
  { name: 'sweep of metastable states', label: 'Sweep' },
];

/** The two states that the slow mode splits into: figure 3. */
@customElement('metastable-panel')
export class MetastablePanel extends LabPanel {
  private readonly states = memo(statesPlot);
  private readonly weighted = memo(weightedPlot);
  private readonly fidelity = memo(fidelityPlot);
  private readonly squeezing = memo(plusSqueezingPlot);

  protected override requests() {
    return {
      'metastable states': this.request('metastable'),
      // Its plots hold one number of atoms: the system's own.
      'sweep of metastable states': this.sweep('metastable', []),
    };
  }

  protected override render() {
    const run = this.runs.of('metastable states');
    const sweepRun = this.runs.of('sweep of metastable states');
    const document = run?.documents[0];
    const points = sweepRun?.documents ?? none;
    const sweepStale = this.isStale('sweep of metastable states');
    const sweepOrigins = this.originsOf('sweep of metastable states');
    const invitation = this.emptiness(sweepRun, 'Sweep the drive to see it.');
    return html`<section aria-labelledby="title">
      ${this.renderHeader(sections['metastable-panel'], parts)}
      ${document && !this.isStale('metastable states') ? metastableFinding(document) : nothing}
      <p class="lead">
        The slow mode splits the steady state, ${notation('*ρ*_s ≈ *a*_+*ρ*_+ + *a*_−*ρ*_−')}, (5): each part lives near one branch,
        and ${notation('*ρ*_+')} on the lower one is close to a coherently radiating spin state.
      </p>
      ${this.renderFailures('metastable states', 'sweep of metastable states')}
      ${this.renderCaveat()} ${this.renderSkipped('sweep of metastable states')}
      <div class="two">
        <lab-plot
          .spec=${this.states(this.parameters, points)}
          .message=${invitation}
          .origins=${sweepOrigins}
          ?stale=${sweepStale}
        ></lab-plot>
        <lab-plot
          .spec=${this.weighted(document?.parameters ?? this.parameters, document?.result ?? null)}
          .message=${this.emptiness(run, 'Run to see it.')}
          .origins=${this.originsOf('metastable states')}
          ?stale=${this.isStale('metastable states')}
        ></lab-plot>
        <lab-plot .spec=${this.fidelity(points)} .message=${invitation} .origins=${sweepOrigins} ?stale=${sweepStale}></lab-plot>
        <lab-plot
          .spec=${this.squeezing(this.parameters, points)}
          .message=${invitation}
          .origins=${sweepOrigins}
          ?stale=${sweepStale}
        ></lab-plot>
      </div>
      ${
        document
          ? this.renderNumbers('metastable states', 'Weights and switching rates', document, [
              renderRates(document.result),
              this.renderWarnings(document),
            ])
          : nothing
      }
      <details class="method">
        <summary>Method</summary>
        <p>
          ${notation('*ρ*_1')} is split by the signs of its eigenvalues, block by block, and each part normalised; “+” is the one
          with the lower ${notation('⟨*S*_z⟩')}. Weights are ${notation('*a*_± = Tr *ρ*_s*ρ*_±/Tr *ρ*_±^2')}, (5), rates
          ${notation('*Γ*_± = *λ*_1*a*_∓')}, (10). The committor, from the left eigenvector, gives weights that add to 1. The fidelity is
          ${notation('⟨CRSS|*ρ*_+|CRSS⟩')}; its square root is the convention of QuTiP.
        </p>
      </details>
    </section>`;
  }
}

function renderRates({
  aPlus,
  aMinus,
  ratePlus,
  rateMinus,
  committor,
  errors,
  lambda1,
  plus,
}: MetastableResult) {
  type Bounded = readonly [value: number, error: number];
  const rows: [string, Bounded, Bounded][] = [
    ['weight of *ρ*_+', [aPlus, errors.aPlus], [committor.pPlus, errors.committor.pPlus]],
    ['weight of *ρ*_−', [aMinus, errors.aMinus], [1 - committor.pPlus, errors.committor.pPlus]],
    ['rate out of *ρ*_+', [ratePlus, errors.ratePlus], [committor.ratePlus, errors.committor.ratePlus]],
    ['rate out of *ρ*_−', [rateMinus, errors.rateMinus], [committor.rateMinus, errors.committor.rateMinus]],
  ];
  const { squeezing } = plus.moments;
  return html`<div class="over" tabindex="0" role="region" aria-label="Weights and switching rates">
      <table class="values">
        <thead>
          <tr>
            <th scope="col">rates in the unit of the rates</th>
            <th scope="col">paper, (5) and (10)</th>
            <th scope="col">committor</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ([label, paper, committor]) =>
              html`<tr>
                <th scope="row">${notation(label)}</th>
                <td>${measured(...paper)}</td>
                <td>${measured(...committor)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="note">
      Errors are bounds. ${notation('*λ*_1')} = ${measured(lambda1.value, lambda1.error)}; ${notation('*ρ*_+')}: squeezing
      ${squeezing === null ? 'none' : measured(squeezing, errors.plus.moments.squeezing ?? 0)}.
    </p>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'metastable-panel': MetastablePanel;
  }
}
