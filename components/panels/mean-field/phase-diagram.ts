import { html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { short } from '../../../src/drawing/number';
import type { ResultDocument } from '../../../src/experiments/experiment';
import type { Command } from '../../../src/experiments/registry';
import type { RunRequest } from '../../../src/experiments/run';
import { sameRequests } from '../../../src/experiments/same-requests';
import { bistableIntervals, type Interval } from '../../../src/mean-field/bistability';
import { bistableInterval, meanFieldCaveat } from '../../../src/mean-field/branches';
import { type PhaseRow, phaseRows } from '../../../src/mean-field/phase-rows';
import { InputError } from '../../../src/parameters/errors';
import { keysOf } from '../../../src/parameters/options';
import { decayRatio, inputOf, isEquation1, systemParameters } from '../../../src/parameters/system';
import type { SystemInput } from '../../../src/parameters/system-options';
import { meanFieldOrigin } from '../../../src/results/origin';
import '../../files/document-files';
import { atRatio, type PhasePlace, systemInput } from '../../parameters/view';
import '../../plot/lab-plot';
import { memo } from '../../../src/drawing/memo';
import { rateUnit } from '../../../src/figures/gap-plots';
import { driveOf } from '../../../src/figures/mean-field-behind';
import { driveEnd } from '../../../src/figures/mean-field-plots';
import type { HandleSpec } from '../../plot/plot-handle';
import type { DocumentsOf } from '../../runs/run-names';
import { choice } from '../../shared/choice';
import { LabPanel } from '../../shared/lab-panel';
import { pickStyle } from '../../shared/pick-style';
import {
  cellsOf,
  driveStart,
  mostRatio,
  type PhasePoint,
  phaseHeat,
  phasePlot,
  phaseRequests,
  ratioEnd,
} from './phase-plots';

const quantities = {
  gap: {
    run: 'phase diagram of gaps',
    command: 'gap',
    words: 'gap λ₁',
    label: '*λ*_1, units of *γ*_F',
    kind: 'log',
  },
  squeezing: {
    run: 'phase diagram of steady states',
    command: 'steady-state',
    words: 'squeezing ξ² of ρ_s',
    label: 'squeezing *ξ*^2 of *ρ*_s',
    kind: 'linear',
  },
} as const;
type Quantity = keyof typeof quantities;
const colours = keysOf(quantities).map((name) => [name, quantities[name].words] as const);

/** The longest that rows are computed at a stretch, ms. */
const LONGEST_STRETCH = 8;
const rowCount = 121;

/**
 * Drive against Gamma/gamma: where the mean field is bistable, and the gap or the squeezing of a grid of points once they were run.
 * Fires `phase-change` (detail: PhasePlace), which leaves every shadow, as its handle is moved.
 */
@customElement('phase-diagram')
export class PhaseDiagram extends LabPanel {
  static override styles = [...LabPanel.styles, pickStyle];

  @state() private quantity: Quantity = 'gap';
  @state() private rows: readonly PhaseRow[] = [];
  /** what the rows are of: all but drive and ratio */
  private rowsKey = '';

  private readonly requestsOf = { gap: memo(requestsFor), squeezing: memo(requestsFor) };
  private readonly same = memo(sameRequests);
  private readonly points = { gap: memo(gapPoints), squeezing: memo(squeezingPoints) };
  private readonly cells = memo(cellsOf);
  private readonly heat = memo(phaseHeat);
  private readonly plot = memo(phasePlot);

  /** The system as the view says it, without its drive; while a field is at fault as it last was. */
  private get own(): SystemInput {
    const {
      drive: _drive,
      omega: _omega,
      ...own
    } = this.checked.parameters ? systemInput(this.view) : inputOf(this.parameters);
    return own;
  }

  private get top(): number {
    return ratioEnd(decayRatio(this.parameters));
  }

  /** The grid's requests, the same ones while drive and ratio alone move. */
  private grid(quantity: Quantity): RunRequest[] {
    const { own, top } = this;
    // By any ratio it can have: what is left is all but the ratio.
    const system = own.ratio === undefined ? { ...own, gamma1d: 0 } : { ...own, ratio: 1 };
    return this.requestsOf[quantity](quantities[quantity].command, JSON.stringify(system), top);
  }

  protected override requests() {
    return {
      'phase diagram of gaps': this.grid('gap'),
      'phase diagram of steady states': this.grid('squeezing'),
    };
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('parameters') || changed.has('view')) void this.follow();
  }

  /** Finds the folds row by row, in short stretches, so that a drag stays smooth. */
  private async follow(): Promise<void> {
    const { own, top, parameters } = this;
    const isPlain = isEquation1(parameters);
    // With Eq. (1) alone the diagram is one and the same for every system.
    const key = JSON.stringify([top, isPlain || atRatio(own, 1)]);
    if (key === this.rowsKey) return;
    this.rowsKey = key;
    const ratios = Array.from({ length: rowCount }, (_, i) => (top * (i + 1)) / rowCount);
    const reachable = isPlain ? ratios : ratios.filter((ratio) => ratio <= mostRatio(parameters.atoms));
    const rows: PhaseRow[] = [];
    let last = performance.now();
    for (const row of phaseRows(isPlain ? plainIntervals : (ratio) => intervalsAt(own, ratio), reachable)) {
      rows.push(row);
      if (performance.now() - last < LONGEST_STRETCH) continue;
      await new Promise((resolve) => setTimeout(resolve));
      if (key !== this.rowsKey) return;
      last = performance.now();
    }
    this.rows = rows;
  }

  protected override render() {
    const { parameters, quantity } = this;
    const { driveOverCritical, atoms } = parameters;
    if (driveOverCritical === null) return nothing;
    const { run: name } = quantities[quantity];
    const run = this.runs.of(name);
    const isStale = run !== null && run.documents.length > 0 && !this.same(run.requests, this.grid(quantity));
    const heat =
      run && !isStale
        ? this.heat(quantities[quantity], this.cells(run.requests, this.pointsOf(quantity)))
        : undefined;
    return html`<div class="pick">
        <h3>Phase diagram</h3>
        ${choice('Colour', colours, quantity, (chosen) => {
          this.quantity = chosen;
        })}
        ${this.renderRun([{ name, label: quantities[quantity].words }])}
        <document-files .results=${[{ title: name, documents: this.runs.finished(name) }]}></document-files>
      </div>
      ${this.renderFailures(name)} ${isStale ? nothing : this.renderSkipped(name)}
      <lab-plot
        .spec=${this.plot(this.rows, atoms, driveStart(driveOverCritical), driveEnd(parameters), this.top, heat)}
        .handle=${this.handle(driveOverCritical)}
        .origins=${heat ? this.originsOf(name) : this.fieldOf(parameters)}
        .height=${300}
        @handle-move=${(event: CustomEvent<number | { x: number; y: number }>) => this.move(event.detail)}
      ></lab-plot>
      ${isStale ? html`<p class="note">What was computed is of earlier parameters: compute it anew to see it.</p>` : nothing}`;
  }

  private readonly fieldOf = memo(meanFieldOrigin);

  private pointsOf(quantity: Quantity): readonly PhasePoint[] {
    return quantity === 'gap'
      ? this.points.gap(this.runs.documentsOf('phase diagram of gaps'))
      : this.points.squeezing(this.runs.documentsOf('phase diagram of steady states'));
  }

  private handle(drive: number): HandleSpec {
    const { parameters, own } = this;
    const [ratio, end] = [decayRatio(parameters), driveEnd(parameters)];
    // Without individual decay the ratio is N - 1, whatever gamma_1D.
    const isFixed = own.ratio === undefined && parameters.gammaF === 0;
    return {
      label: 'Drive and decay ratio',
      x: drive,
      y: ratio,
      dots: [],
      min: driveStart(drive),
      max: end,
      step: 0.01,
      ...(!isFixed && {
        vertical: {
          min: 0.1,
          max: Math.min(this.top, mostRatio(parameters.atoms)),
          step: 0.1,
          words: `Ω/Ω_c ${short(drive)}, Γ/γ ${short(ratio)}`,
        },
      }),
    };
  }

  private move(to: number | { x: number; y: number }): void {
    const detail: PhasePlace =
      typeof to === 'number'
        ? { drive: to, ratio: decayRatio(this.parameters) }
        : { drive: to.x, ratio: to.y };
    this.dispatchEvent(new CustomEvent('phase-change', { detail, bubbles: true, composed: true }));
  }
}

const requestsFor = (command: Command, own: string, top: number) =>
  phaseRequests(command, JSON.parse(own) as SystemInput, top);

const gapPoints = (documents: DocumentsOf<'phase diagram of gaps'>): PhasePoint[] =>
  documents.map((document) => ({
    ...placeOf(document),
    value: document.result.lambda1.value / rateUnit(document.parameters),
  }));

const squeezingPoints = (documents: DocumentsOf<'phase diagram of steady states'>): PhasePoint[] =>
  documents.map((document) => ({ ...placeOf(document), value: document.result.moments.squeezing }));

const placeOf = (document: ResultDocument): PhasePlace => ({
  drive: driveOf(document),
  ratio: decayRatio(document.parameters),
});

/** (S24) */
function plainIntervals(ratio: number): readonly Interval[] {
  const interval = bistableInterval({ gamma: 1, Gamma: ratio, omegaCritical: ratio / 4 });
  return interval === null ? [] : [interval];
}

/** Of the general model, from its exact folds; none of a system that is refused, or whose mean field does not hold. */
function intervalsAt(own: SystemInput, ratio: number): readonly Interval[] {
  try {
    const system = systemParameters({ ...atRatio(own, ratio), drive: 1 });
    return meanFieldCaveat(system) === null ? bistableIntervals(system) : [];
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'phase-diagram': PhaseDiagram;
  }
}
