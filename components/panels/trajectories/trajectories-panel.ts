import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { measured, short } from '../../../src/drawing/number';
import type { PlotSpec } from '../../../src/drawing/plot-spec';
import type { MetastableResult } from '../../../src/experiments/spectrum/metastable';
import type { TimeEvolutionResult } from '../../../src/experiments/spectrum/time-evolution';
import type { TrajectoriesResult } from '../../../src/experiments/trajectories/trajectories-result';
import { type SystemParameters, sameSystem } from '../../../src/parameters/system';
import { jumpsFinding } from '../../lab/findings';
import { sections } from '../../lab/sections';
import './earlier-results';
import { memo } from '../../../src/drawing/memo';
import { notation } from '../../parameters/notation';
import { choice } from '../../shared/choice';
import { LabPanel, type Part } from '../../shared/lab-panel';
import { pickStyle } from '../../shared/pick-style';
import { whenNear } from '../../shared/when-near';
import '../../plot/lab-plot';
import {
  type Component,
  distributionPlot,
  hysteresisPlot,
  meanPlot,
} from '../../../src/figures/trajectories-plots';
import { ensembleOptions } from '../../parameters/view';
import { isActive } from '../../runs/runs';
import { dwellPlot, renderSwitching } from './switching-view';
import { renderTimeAverages } from './time-averages';
import type { TrajectoryPlayer } from './trajectory-player';

const components: readonly [Component, string][] = [
  ['Sz', 'S_z'],
  ['Sy', 'S_y'],
];

const parts: readonly Part[] = [{ name: 'ensemble', label: 'Ensemble' }];

/** Quantum trajectories, figure 4. */
@customElement('trajectories-panel')
export class TrajectoriesPanel extends LabPanel {
  static override styles = [
    ...LabPanel.styles,
    pickStyle,
    css`
      .pick {
        margin-top: 0;
      }
      /* until it is loaded, about as high */
      trajectory-player:not(:defined) {
        display: block;
        min-height: 600px;
      }
    `,
  ];

  private readonly mean = memo(meanPlot);
  private readonly distribution = memo(distributionPlot);
  private readonly dwell = memo(dwellPlot);
  private readonly hysteresis = memo(hysteresisPlot);

  @state() private component: Component = 'Sz';
  @query('trajectory-player') private player!: TrajectoryPlayer;
  private stopWaiting = () => {};

  protected override requests() {
    return {
      ensemble: this.request('trajectories', ensembleOptions(this.view)),
      // For their lines in the trajectory's plots.
      'metastable states': this.request('metastable', { phaseSpace: 'on' }),
    };
  }

  protected override firstUpdated(): void {
    this.stopWaiting = whenNear(this.player, () => void import('./trajectory-player'));
  }

  /** Where there is a trajectory to play, nobody need come near. */
  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (this.runs.firstOf('ensemble') !== undefined) void import('./trajectory-player');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopWaiting();
  }

  protected override render() {
    const run = this.runs.of('ensemble');
    const document = this.runs.firstOf('ensemble');
    const result = document?.result ?? null;
    // Results are drawn with the parameters they were made with, stale or not.
    const parameters = document?.parameters ?? this.parameters;
    const invitation = result
      ? 'No trajectory was finished: run the ensemble.'
      : 'Run the ensemble to see it.';
    const empty = result?.series ? '' : this.emptiness(result ? null : run, invitation);
    const origins = this.originsOf('ensemble');
    const stale = this.isStale('ensemble');
    const plot = (spec: PlotSpec, message = '') =>
      html`<lab-plot .spec=${spec} .message=${message} .origins=${origins} ?stale=${stale}></lab-plot>`;
    return html`<section aria-labelledby="title">
      ${this.renderHeader(
        sections['trajectories-panel'],
        parts,
        html`<earlier-results
            .view=${this.view}
            .runs=${this.runs}
            .ensemble=${document}
            .obstacle=${this.obstacle()}
          ></earlier-results>`,
      )}
      ${document && !stale ? jumpsFinding(document) : nothing}
      <p class="lead">
        Single trajectories of the unravelled master equation switch between the two branches; their mean is the
        master equation's state.
      </p>
      ${this.renderCaveat()} ${this.renderFailures('ensemble')}
      <trajectory-player
        .document=${document ?? null}
        .parameters=${parameters}
        .states=${this.states(parameters)}
        .offersStates=${!stale && this.obstacle() === '' && !isActive(this.runs.of('metastable states'))}
        .message=${empty}
        .origins=${origins}
        .stale=${stale}
        @want-states=${() => this.begin('metastable states')}
      ></trajectory-player>
      <div class="two">
        <div>
          <div class="pick">
          <h3>Ensemble mean</h3>
          ${choice('Component', components, this.component, (component) => {
            this.component = component;
          })}</div>
          ${plot(this.mean(parameters, result, this.component, this.evolution(parameters, result?.ramp)), empty)}
        </div>
        <div>
          <div class="pick"><h3>Distribution of ${notation('*m*')}</h3></div>
          ${plot(this.distribution(parameters, result), result?.exact ? '' : empty)}
        </div>
      </div>
      ${
        document && result?.steady
          ? this.renderNumbers(
              'ensemble',
              `Time averages of ${result.count.toLocaleString('en')} trajectories`,
              document,
              renderTimeAverages(result, document),
            )
          : nothing
      }
      ${
        document && result?.switching && result.predicted
          ? this.renderNumbers('ensemble', 'Switching', document, renderSwitching(result))
          : nothing
      }
      ${result?.coreSet ? plot(this.dwell(parameters, result)) : nothing}
      ${
        result?.hysteresis
          ? html`<div class="pick"><h3>Hysteresis loop</h3> ${loopWords(result.hysteresis)}</div>
              ${plot(this.hysteresis(parameters, result.hysteresis))}`
          : nothing
      }
      <details class="method">
        <summary>Method</summary>
        <p>
          Every jump operator maps one block of spin ${notation('*j*')} to one block, so a trajectory is
          ${notation('(*j*, *ψ*)')} with at most ${notation('*N* + 1')} real amplitudes. Photodetection is the unravelling
          (S16). Random numbers are Philox4x32-10 keyed by seed and trajectory: one seed gives one ensemble, whatever
          the batch. Errors are one standard error over trajectories; samples within the burn-in are left out of
          time averages.
        </p>
      </details>
    </section>`;
  }

  /** The metastable states, where the panel above has computed them for the same system. */
  private states(parameters: SystemParameters): MetastableResult | null {
    const [document] = this.runs.documentsOf('metastable states');
    const same = document && sameSystem(document.parameters, parameters);
    return same ? document.result : null;
  }

  /** The master equation from the ground state, where it has been followed for the same system. */
  private evolution(parameters: SystemParameters, ramp: string | undefined): TimeEvolutionResult | null {
    const documents = this.runs.documentsOf('relaxation');
    const followed = documents.find(({ result }) => result.start === 'ground' && result.ramp === ramp);
    const same = followed && sameSystem(followed.parameters, parameters);
    return same ? followed.result : null;
  }
}

/** The loop's area, as far as it is closed. */
function loopWords({ area, meanField }: NonNullable<TrajectoriesResult['hysteresis']>) {
  if (area === null) return nothing;
  const slow = meanField === null ? '' : `; ${short(meanField.area)} of the mean field, infinitely slowly`;
  return html`area ${measured(area.value, area.error)}${slow}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'trajectories-panel': TrajectoriesPanel;
  }
}
