import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { plainNotation } from '../../../src/drawing/notation';
import { short } from '../../../src/drawing/number';
import type { Curve, PlotAxis, PlotMark } from '../../../src/drawing/plot-spec';
import type { DocumentOf } from '../../../src/experiments/registry';
import type { MetastableResult } from '../../../src/experiments/spectrum/metastable';
import type { Closer } from '../../../src/experiments/trajectories/closer-run';
import type { Trace } from '../../../src/experiments/trajectories/trajectories-result';
import { detectionOf } from '../../../src/experiments/trajectories/trajectory-table';
import type { SystemParameters } from '../../../src/parameters/system';
import type { Origin } from '../../../src/results/origin';
import { unravelingFacts } from '../../../src/trajectories/unraveling-facts';
import { notation } from '../../parameters/notation';
import type { HandleSpec } from '../../plot/plot-handle';
import '../../plot/lab-plot';
import { memo } from '../../../src/drawing/memo';
import {
  boundFor,
  type Followed,
  followedPlot,
  isSameTrajectory,
  jumpsPlot,
  linesOf,
  ofLight,
  sampleAt,
  squeezedBelow,
  switchesOf,
  symbolOf,
  type Window,
  withFiner,
} from '../../../src/figures/player-plots';
import { timeLabel } from '../../../src/figures/trajectories-plots';
import { choice } from '../../shared/choice';
import { controlStyle, menuStyle, notationStyle } from '../../shared/style';
import { lookCloser } from './closer';
import { Playback, within } from './playback';
import { playerStyle } from './player-style';

const all: readonly Followed[] = [
  'Sz',
  'crssFidelity',
  'squeezing',
  'j',
  'committor',
  'Sy',
  'crssFidelityAllJ',
  ...ofLight,
];
/** Figure 4's, and what is behind them. */
const first: readonly Followed[] = ['Sz', 'crssFidelity', 'squeezing', 'j', 'committor'];
const heights: { readonly [Name in Followed]?: number } = { Sz: 170, squeezing: 120 };
const lowHeight = 100;

const speeds = [0.25, 0.5, 1, 2, 4].map((speed) => [speed, `${speed}×`] as const);
/** d of the core sets, where a result does not say it. */
const usualThreshold = 0.2;
/** Finer samples in all, and the most of an ensemble's intervals that they are given to. */
const finest = 1000;
const mostIntervals = 10;

interface Look extends Closer {
  readonly window: Window;
}

/**
 * One trajectory of an ensemble, played along its time: <S_z>, fidelity, xi^2, j and the committor under one another. Fires `want-states` when a
 * person wants the two states' lines.
 */
@customElement('trajectory-player')
export class TrajectoryPlayer extends LitElement {
  static override styles = [controlStyle, menuStyle, notationStyle, playerStyle];

  /** nothing of it yet where it is null */
  @property({ attribute: false }) document: DocumentOf<'trajectories'> | null = null;
  @property({ attribute: false }) parameters!: SystemParameters;
  /** of the same system, where they are known */
  @property({ attribute: false }) states: MetastableResult | null = null;
  /** whether they can be computed now */
  @property({ type: Boolean }) offersStates = false;
  @property({ attribute: false }) origins: readonly Origin[] = [];
  /** what the empty plot says */
  @property() message = '';
  @property({ type: Boolean }) stale = false;

  @state() private which = 0;
  @state() private shown: ReadonlySet<Followed> = new Set(first);
  /** null: all of it */
  @state() private zoom: Window | null = null;
  @state() private look: Look | null = null;
  @state() private words = '';
  @state() private isLooking = false;
  private key = '';

  private readonly playback = new Playback(
    this,
    () => ({ window: this.window, whole: this.whole }),
    (window) => {
      this.zoom = window;
    },
  );

  constructor() {
    super();
    this.addEventListener('keydown', (event) => this.zoomByKey(event));
  }

  /** The trajectory as the ensemble kept it. */
  private get kept(): Trace | null {
    return this.document?.result.traces[this.which] ?? null;
  }

  private readonly finer = memo((trace: Trace, look: Look | null) => (look ? withFiner(trace, look) : trace));
  private get trace(): Trace | null {
    return this.kept && this.finer(this.kept, this.look);
  }

  private get whole(): Window {
    return [0, this.document?.result.time ?? 1];
  }

  private get window(): Window {
    return this.zoom ?? this.whole;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('document') && this.which >= (this.document?.result.traces.length ?? 0)) this.which = 0;
    const { parameters, result } = this.document ?? {};
    const of = result && [
      result.seed,
      result.first,
      result.time,
      result.samples,
      result.unraveling,
      detectionOf(result),
    ];
    const key = JSON.stringify([parameters, of, this.which, this.kept !== null]);
    if (key === this.key) return;
    // Another trajectory: all of it is shown, as in figure 4.
    this.key = key;
    this.look = null;
    this.zoom = null;
    this.words = '';
    this.playback.pause();
    this.playback.cursor = this.whole[1];
  }

  private readonly plots = memo(
    (
      parameters: SystemParameters,
      trace: Trace | null,
      which: number,
      shown: ReadonlySet<Followed>,
      states: MetastableResult | null,
      from: number,
      to: number,
    ) =>
      all
        .filter((name) => (trace ? shown.has(name) && trace[name] : name === 'Sz'))
        .map((name) => ({ name, spec: followedPlot(parameters, trace, which, name, states, [from, to]) })),
  );
  private readonly jumps = memo(
    (parameters: SystemParameters, which: number, look: Look | null, from: number, to: number) =>
      look?.jumps ? jumpsPlot(parameters, which, look.jumps, [from, to]) : null,
  );
  private readonly switches = memo(switchesOf);

  protected override render() {
    const { parameters, trace, which, states, origins, stale } = this;
    const [from, to] = this.window;
    const plots = this.plots(parameters, trace, which, this.shown, states, from, to);
    if (!trace) {
      return html`${this.renderPicker()}
        <lab-plot .spec=${plots[0].spec} .message=${this.message} .origins=${origins} .height=${230}></lab-plot>`;
    }
    const jumps = this.jumps(parameters, which, this.look, from, to);
    const last = plots.length - 1;
    return html`${this.renderPicker()} ${this.renderControls(trace)} ${this.renderLegend(trace)}
      ${plots.map(
        ({ name, spec }, i) => html`<div class="row">
          <lab-plot
            .spec=${spec}
            .handle=${this.handle(trace, name, spec.y)}
            .origins=${origins}
            .height=${heights[name] ?? lowHeight}
            .stacked=${i === last && !jumps ? 'last' : 'inner'}
            ?stale=${stale}
            @handle-move=${({ detail }: CustomEvent<number>) => this.playback.to(detail)}
          ></lab-plot>
          ${this.renderReading(trace, name)}
        </div>`,
      )}
      ${
        jumps
          ? html`<div class="row">
              <lab-plot
                .spec=${jumps}
                .handle=${this.handleAt(jumps.y.min ?? 0, 'of the jumps')}
                .origins=${origins}
                .height=${140}
                .stacked=${'last'}
                ?stale=${stale}
                @handle-move=${({ detail }: CustomEvent<number>) => this.playback.to(detail)}
              ></lab-plot>
              <div class="reading"><ul>${jumps.curves.map(rowOf)}</ul></div>
            </div>`
          : nothing
      }
      <p class="words" role="status">${this.words}</p>`;
  }

  private renderPicker() {
    const count = this.document?.result.traces.length || 1;
    const numbers = Array.from({ length: count }, (_, i) => [i, i + 1] as const);
    return html`<div class="bar">
      <h3>One trajectory</h3>
      ${choice('Number', numbers, this.which, (which) => {
        this.which = which;
      })}
      <span class="gap"></span>
      ${this.trace ? [this.renderZoom(), this.renderShown()] : nothing}
    </div>`;
  }

  private renderShown() {
    return html`<details class="menu shown">
      <summary class="button">Plots</summary>
      <ul>
        ${all
          .filter((name) => this.kept?.[name])
          .map(
            (name) => html`<li>
              <label
                ><input
                  type="checkbox"
                  .checked=${this.shown.has(name)}
                  ?disabled=${this.shown.size === 1 && this.shown.has(name)}
                  @change=${() => this.toggle(name)}
                />
                ${notation(symbolOf(name))}</label
              >
            </li>`,
          )}
      </ul>
    </details>`;
  }

  private toggle(name: Followed): void {
    const shown = new Set(this.shown);
    if (!shown.delete(name)) shown.add(name);
    this.shown = shown;
  }

  private renderControls(trace: Trace) {
    const { playback, window } = this;
    const { cursor, isPlaying, goesBySteps } = playback;
    const switches = this.switches(trace, this.document?.result.coreSet?.threshold ?? usualThreshold);
    const next = switches.find((t) => t > cursor);
    const previous = switches.findLast((t) => t < cursor);
    const why = trace.committor ? nothing : 'Switches are told by the committor, which is not known here.';
    return html`<div class="bar" role="group" aria-label="Player">
        <button class="play primary" @click=${() => playback.toggle()}>
          ${goesBySteps ? 'Step' : isPlaying ? '❚❚ Pause' : '▶ Play'}
        </button>
        <button title=${why} ?disabled=${previous === undefined} @click=${() => playback.to(previous!)}>
          ‹ Switch
        </button>
        <button title=${why} ?disabled=${next === undefined} @click=${() => playback.to(next!)}>Switch ›</button>
        <input
          class="scrub"
          type="range"
          aria-label=${plainNotation(timeLabel(this.parameters))}
          min=${window[0]}
          max=${window[1]}
          step=${(window[1] - window[0]) / 1000}
          .value=${String(cursor)}
          @input=${(event: Event) => playback.to(Number((event.target as HTMLInputElement).value))}
        />
        <span class="time">${notation('*t*')} = ${short(cursor)}</span>
        ${
          goesBySteps
            ? nothing
            : choice('Speed', speeds, playback.speed, (speed) => {
                playback.speed = speed;
              })
        }
      </div>`;
  }

  private renderZoom() {
    const { zoom } = this;
    return html`<button ?disabled=${this.isLooking} @click=${() => void this.lookHere()}>
        ${this.isLooking ? 'Walking …' : 'Finer samples here'}
      </button>
      <button aria-label="Zoom in" title="+" @click=${() => this.zoomBy(1 / 2)}>+</button>
      <button aria-label="Zoom out" title="−" ?disabled=${zoom === null} @click=${() => this.zoomBy(2)}>−</button>
      <button ?disabled=${zoom === null} @click=${() => this.zoomBy(Number.POSITIVE_INFINITY)}>All of it</button>`;
  }

  private renderLegend(trace: Trace) {
    const { which, states } = this;
    const name = `trajectory ${which + 1}`;
    const shade = html`<li><span class="swatch" data-ink="lower"></span>${name}, ${notation(boundFor)}</li>
      <li><span class="swatch" data-ink="upper"></span>${name}, bound for ${notation('*ρ*_−')}</li>`;
    return html`<ul class="legend">
      ${trace.committor ? shade : html`<li><span class="swatch" data-ink="trace"></span>${name}</li>`}
      ${
        states === null && this.offersStates
          ? html`<li>
              <button @click=${() => this.dispatchEvent(new CustomEvent('want-states'))}>
                Compute ${notation('*ρ*_+')} and ${notation('*ρ*_−')} for their lines
              </button>
            </li>`
          : nothing
      }
    </ul>`;
  }

  /** The value at the cursor, beside what it is to be read with. */
  private renderReading(trace: Trace, name: Followed) {
    const i = sampleAt(trace, this.playback.cursor);
    const value = trace[name]?.[i];
    const ink = trace.committor ? (trace.committor[i] > 1 / 2 ? 'lower' : 'upper') : 'trace';
    const lines = linesOf(this.parameters, name, this.states);
    return html`<div class="reading">
      <output data-ink=${ink} aria-label=${plainNotation(symbolOf(name))}>
        ${value === null || value === undefined ? '–' : reading(name, value)}
      </output>
      <ul>${lines.map(markOf)}</ul>
    </div>`;
  }

  private handle(trace: Trace, name: Followed, { min = 0, max = 1 }: PlotAxis): HandleSpec {
    const value = trace[name]?.[sampleAt(trace, this.playback.cursor)] ?? min;
    // Where the curve leaves the plot the knob stays at its edge.
    const y = Math.min(max, Math.max(min, value));
    return this.handleAt(y, `of ${plainNotation(symbolOf(name))}`);
  }

  private handleAt(y: number, plot: string): HandleSpec {
    const { cursor, isPlaying } = this.playback;
    const [min, max] = this.window;
    const label = `time, in the plot ${plot}`;
    return { label, x: cursor, y, dots: [], min, max, step: (max - min) / 200, veiled: isPlaying };
  }

  /** Wider by a factor about the cursor; not beyond all, nor past what its samples tell. */
  private zoomBy(factor: number): void {
    const { whole, trace } = this;
    const [from, to] = this.window;
    const width = (to - from) * factor;
    if (width >= whole[1]) {
      this.zoom = null;
      return;
    }
    const i = trace ? Math.max(1, sampleAt(trace, this.playback.cursor)) : 1;
    const interval = trace ? trace.t[i] - trace.t[i - 1] : whole[1];
    if (factor < 1 && width < 4 * interval) return;
    this.zoom = within(whole, this.playback.cursor - width / 2, width);
  }

  private zoomByKey(event: KeyboardEvent): void {
    const [target] = event.composedPath();
    const factor = { '+': 1 / 2, '=': 1 / 2, '-': 2, '0': Number.POSITIVE_INFINITY }[event.key];
    if (factor === undefined || target instanceof HTMLSelectElement || !this.trace) return;
    this.zoomBy(factor);
    event.preventDefault();
  }

  /** Walks the trajectory anew with finer samples about the cursor, and shows them in their place. */
  private async lookHere(): Promise<void> {
    const { document, kept, key, which } = this;
    if (!document || !kept) return;
    const { result, parameters } = document;
    const { time, samples, unraveling } = result;
    if (unravelingFacts[unraveling].currents.length > 0) {
      this.words =
        'Steps of diffusion end at samples: with finer ones it would be another record of other noise.';
      return;
    }
    const { seed, first } = result.ranges?.[0] ?? result;
    if (seed === null || first === null) return;
    const interval = time / samples;
    const wide = Math.min(mostIntervals, Math.round((this.window[1] - this.window[0]) / interval));
    const intervals = Math.min(samples, Math.max(2, wide));
    const here = Math.round(this.playback.cursor / interval - intervals / 2);
    const from = Math.max(0, Math.min(samples - intervals, here));
    const to = from + intervals;
    const parts = Math.floor(finest / intervals);
    this.playback.pause();
    this.isLooking = true;
    this.words = '';
    try {
      const committor = kept.committor !== null;
      const walked = {
        ...{ parameters, unraveling, detection: detectionOf(result), seed, time, samples },
        ramp: result.ramp,
      };
      const request = { ...walked, from, to, parts, committor };
      const closer = await lookCloser({ ...request, trajectory: first + which });
      // Another one is shown by now.
      if (key !== this.key) return;
      if (!isSameTrajectory(kept, closer, from, parts)) {
        this.words = `Walked anew on the CPU engine, this trajectory takes another way here: float32 rounds otherwise than on ${result.engines.join(', ')}, until a jump falls otherwise. Nothing finer is shown.`;
        return;
      }
      const window: Window = [from * interval, to * interval];
      this.look = { ...closer, window };
      this.zoom = window;
      this.playback.to(Math.min(window[1], Math.max(window[0], this.playback.cursor)));
      const jumps = closer.jumps ? `, and ${closer.jumps.t.length.toLocaleString('en')} jumps` : '';
      this.words = `The same trajectory from t = ${short(window[0])} to ${short(window[1])}, walked again with ${parts} samples in the time of one${jumps}.`;
    } catch (error) {
      if (key === this.key)
        this.words = `No finer samples: ${error instanceof Error ? error.message : String(error)}`;
    } finally {
      this.isLooking = false;
    }
  }
}

/** A reading: as wide while it runs, whatever it is. */
function reading(name: Followed, value: number): string {
  if (name === 'j' || Math.abs(value) >= 100) return short(value);
  return value
    .toFixed(3)
    .replace(/^-(?=0\.000)/, '')
    .replace('-', '−');
}

const markOf = ({ label, at, ink }: PlotMark) => {
  const isEdge = label === squeezedBelow;
  const value = isEdge ? '' : Math.abs(at) < 1e-6 ? '0' : short(at);
  return html`<li>
    <span class="swatch mark" data-ink=${ink}></span>${notation(label.replace('mean field, ', ''))} ${value}
  </li>`;
};
const rowOf = ({ label, ink, x }: Curve) =>
  html`<li><span class="swatch points" data-ink=${ink}></span>${notation(label)}: ${x.length}</li>`;

declare global {
  interface HTMLElementTagNameMap {
    'trajectory-player': TrajectoryPlayer;
  }
}
