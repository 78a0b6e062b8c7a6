import { css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { memo } from '../../../src/drawing/memo';
import { short } from '../../../src/drawing/number';
import type { MetastableResult } from '../../../src/experiments/spectrum/metastable';
import { driveOf } from '../../../src/figures/mean-field-behind';
import { undrivenOnce } from '../../../src/figures/mean-field-plots';
import {
  fidelityPlot,
  plusSqueezingPlot,
  statesPlot,
  weightedPlot,
} from '../../../src/figures/metastable-plots';
import { metastableFinding } from '../../lab/findings';
import { sections } from '../../lab/sections';
import { notation } from '../../parameters/notation';
import { atSystem } from '../../parameters/system-words';
import { LabPanel, type Part } from '../../shared/lab-panel';
import { type ShownPoint, shownPoint, storedWords, whereOf } from '../../shared/stored-point';
import { drivesOf } from '../../shared/sweep-drives';
import { valueTable } from '../../shared/value-table';
import { whenNear } from '../../shared/when-near';
import type { Walk } from '../../states/walk';
import '../../plot/lab-plot';
import { measured } from '../../../src/drawing/number';
import type { DocumentsOf } from '../../runs/run-names';

type Documents = DocumentsOf<'sweep of metastable states'>;

const parts: readonly Part[] = [
  { name: 'metastable states', label: 'This drive' },
  { name: 'sweep of metastable states', label: 'Sweep' },
];

const pictured = html`Where the states live: ${notation('*p*(*j*, *m*)')} and Husimi ${notation('*Q*')}`;

/** The two states that the slow mode splits into: figure 3. */
@customElement('metastable-panel')
export class MetastablePanel extends LabPanel {
  private readonly undriven = undrivenOnce();
  private readonly drives = memo(drivesOf);
  static override styles = [
    ...LabPanel.styles,
    css`
      .pictures {
        margin-top: 18px;
      }
      .invitation {
        display: grid;
        place-items: center;
        min-height: 120px;
        margin: 8px 0 0;
        border: 1px dashed var(--line-strong);
        border-radius: 8px;
        color: var(--text-soft);
        text-align: center;
      }
    `,
  ];

  /** the trajectory that the page watches, once there is one */
  @property({ attribute: false }) live: Walk | null = null;

  @query('.pictures') private pictures!: HTMLElement;
  private stopWaiting = () => {};

  private readonly states = memo(statesPlot);
  private readonly weighted = memo(weightedPlot);
  private readonly fidelity = memo(fidelityPlot);
  private readonly squeezing = memo(plusSqueezingPlot);

  protected override requests() {
    return {
      'metastable states': this.request('metastable', { phaseSpace: 'on' }),
      // Its plots hold one number of atoms: the system's own.
      'sweep of metastable states': this.sweep('metastable', []),
    };
  }

  protected override firstUpdated(): void {
    this.stopWaiting = whenNear(this.pictures, () => void import('../../states/state-pictures'));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopWaiting();
  }

  protected override render() {
    const run = this.runs.of('metastable states');
    const points = this.runs.documentsOf('sweep of metastable states');
    const shown = shownPoint(run?.documents[0], this.isStale('metastable states'), points, this.parameters);
    const { document, isStale } = shown;
    const system = this.undriven(this.parameters);
    const drives = this.drives(this.runs.of('sweep of metastable states'));
    return html`<section aria-labelledby="title">
      ${this.renderHeader(sections['metastable-panel'], parts)}
      ${document && !isStale ? metastableFinding(document, whereOf(shown)) : nothing}
      <p class="lead">
        The slow mode splits the steady state, ${notation('*ρ*_s ≈ *a*_+*ρ*_+ + *a*_−*ρ*_−')}, (5): each part lives near one branch,
        and ${notation('*ρ*_+')} on the lower one is close to a coherently radiating spin state.
      </p>
      ${this.renderFailures('metastable states', 'sweep of metastable states')}
      ${this.renderCaveat()} ${this.renderSkipped('sweep of metastable states')}
      <div class="two">
        ${this.renderOverDrive('sweep of metastable states', this.states(system, points, drives))}
        ${this.renderPointPlot('metastable states', shown, this.weightedOf(shown))}
        ${this.renderOverDrive('sweep of metastable states', this.fidelity(points, drives))}
        ${this.renderOverDrive('sweep of metastable states', this.squeezing(system, points, drives))}
      </div>
      <div class="pictures">
        ${
          document?.result.phaseSpace
            ? this.renderNumbers(
                'metastable states',
                pictured,
                document,
                html`<state-pictures .document=${document} .live=${this.live}></state-pictures>`,
              )
            : html`<h3>${pictured}</h3>
                <p class="invitation">
                  ${
                    document
                      ? html`<span
                          >These results hold neither.
                          <button ?disabled=${this.obstacle() !== ''} @click=${() => this.begin('metastable states')}>
                            Compute them
                          </button></span
                        >`
                      : this.emptiness(
                          run,
                          'Run to see each state in the triangle of j and m, and on the sphere.',
                        )
                  }
                </p>`
        }
      </div>
      ${
        document
          ? html`<div class=${isStale ? 'stale' : ''}>
              <h3>Weights and switching rates${atSystem(document.parameters)}${storedWords(shown)}</h3>
              ${renderRates(document.result)}${this.renderWarnings(document)}
            </div>`
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

  /** The weighted distributions here, or at the sweep's point next to here. */
  private weightedOf({ document, isStored }: ShownPoint<Documents[number]>) {
    const { parameters, result } = document ?? { parameters: this.parameters, result: null };
    if (!document || !isStored) return this.weighted(parameters, result);
    const at = `, at *Ω*/*Ω*_c = ${short(driveOf(document))}, a point of the sweep`;
    return this.weighted(parameters, result, at);
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
  proven,
}: MetastableResult) {
  type Bounded = readonly [value: number, error: number];
  const rows: [string, Bounded, Bounded][] = [
    ['weight of *ρ*_+', [aPlus, errors.aPlus], [committor.pPlus, errors.committor.pPlus]],
    ['weight of *ρ*_−', [aMinus, errors.aMinus], [1 - committor.pPlus, errors.committor.pPlus]],
    ['rate out of *ρ*_+', [ratePlus, errors.ratePlus], [committor.ratePlus, errors.committor.ratePlus]],
    ['rate out of *ρ*_−', [rateMinus, errors.rateMinus], [committor.rateMinus, errors.committor.rateMinus]],
  ];
  const { squeezing } = plus.moments;
  const table = valueTable(
    'Weights and switching rates',
    ['rates in the unit of the rates', 'paper, (5) and (10)', 'committor'],
    rows.map(([label, paper, committor]) => [label, measured(...paper), measured(...committor)]),
  );
  return html`${table}
    <p class="note">
      Errors are bounds. ${notation('*λ*_1')} = ${measured(lambda1.value, lambda1.error)}; ${notation('*ρ*_+')}: squeezing
      ${squeezing === null ? 'none' : measured(squeezing, errors.plus.moments.squeezing ?? 0)}.
      ${
        proven
          ? html`Proven: memory of the branch decays as ${notation('exp(−*λ*_1*t*)')}, ${notation('*λ*_1')} = ${proven.rate},
            within ${proven.within.toPrecision(2)} of its range from any state on, and ${notation('*ρ*_1')} within 1 % until
            ${notation('*t*')} = ${short(proven.until)}.`
          : nothing
      }
    </p>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'metastable-panel': MetastablePanel;
  }
}
