import { html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { memo } from '../../src/drawing/memo';
import type { PlotAxis } from '../../src/drawing/plot-spec';
import { meanFieldBranches } from '../../src/mean-field/branches';
import { meanFieldOf } from '../../src/mean-field/equations';
import { type LiveTrajectory, type Speed, speeds } from '../../src/page/live-trajectory';
import type { SystemParameters } from '../../src/parameters/system';
import { quantities } from '../../src/parameters/system-options';
import { meanFieldOrigin } from '../../src/results/origin';
import { currentPalette, themeEvents } from '../lab/theme';
import { notation } from '../parameters/notation';
import { controlStyle, notationStyle } from '../shared/style';
import './cavity-picture';
import type { CavityPicture } from './cavity-picture';
import { drawDistribution, probabilityEnd } from './distribution';
import { begin, drawAxes, type Limits, type SceneView } from './frame';
import { levelsOf, type SceneLevel } from './levels';
import './master-equation';
import '../plot/lab-plot';
import { distributionPlot, telegraphPlot } from './scene-plots';
import { sceneStyle } from './scene-style';
import { drawPlace, drawTelegraph, timeLimits } from './telegraph';

/** How long a changed parameter's term stays lit, ms. */
const lit = 1400;

/**
 * The first thing on the page: the cavity, Eq. (1), and three readings of one axis of s_z, which one trajectory of the present system
 * walks on: the S-curve (the plot in the slot `curve`), the telegraph and P_m.
 */
@customElement('opening-scene')
export class OpeningScene extends LitElement {
  static override styles = [controlStyle, notationStyle, sceneStyle];

  @property({ attribute: false }) parameters!: SystemParameters;
  @property({ attribute: false }) live!: LiveTrajectory;
  /** the S-curve's drive axis, and the axis of s_z that all share */
  @property({ attribute: false }) drive!: PlotAxis;
  @property({ attribute: false }) axis!: PlotAxis;
  @property({ type: Number }) height = 300;

  @state() private touched: ReadonlySet<string> = new Set();
  /** the pictures as plots, as they stood when somebody asked */
  @state() private still: readonly ReturnType<typeof telegraphPlot>[] = [];
  @query('.telegraph canvas') private telegraph!: HTMLCanvasElement;
  @query('.distribution canvas') private distribution!: HTMLCanvasElement;
  @query('.place') private place!: HTMLCanvasElement;
  @query('cavity-picture') private cavity!: CavityPicture;

  private readonly levels = memo(levelsOf);
  private readonly branches = memo((parameters: SystemParameters) =>
    meanFieldBranches(meanFieldOf(parameters)),
  );
  private readonly origins = memo(meanFieldOrigin);
  private frame = 0;
  private touchedTimer: ReturnType<typeof setTimeout> | undefined;
  /** where the axis of probability ends, which follows what is on it */
  private end = 0.3;
  private sizes = { telegraph: 0, distribution: 0 };

  private readonly soon = () => {
    if (this.frame === 0) this.frame = requestAnimationFrame((now) => this.draw(now));
  };
  private readonly repaint = () => this.draw(performance.now());
  private readonly samples = () => {
    this.cavity?.emit(this.live.isPlaying ? this.live.jumps : [], performance.now());
    this.soon();
  };
  private readonly changed = () => this.requestUpdate();
  private readonly resized = new ResizeObserver(() => {
    this.sizes = { telegraph: this.telegraph.clientWidth, distribution: this.distribution.clientWidth };
    this.soon();
  });
  private readonly seen = new IntersectionObserver(([entry]) => this.live.watch(this, entry.isIntersecting));

  override connectedCallback(): void {
    super.connectedCallback();
    themeEvents.addEventListener('change', this.repaint);
    this.live.addEventListener('samples', this.samples);
    this.live.addEventListener('restart', this.soon);
    this.live.addEventListener('change', this.changed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    themeEvents.removeEventListener('change', this.repaint);
    this.live.removeEventListener('samples', this.samples);
    this.live.removeEventListener('restart', this.soon);
    this.live.removeEventListener('change', this.changed);
    this.resized.disconnect();
    this.seen.disconnect();
    this.live.watch(this, false);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const old = changed.get('parameters');
    if (changed.has('parameters')) this.live.follow(this.parameters);
    if (!old) return;
    const now = quantities.filter(({ quantity }) => old[quantity] !== this.parameters[quantity]);
    // Omega follows gamma_1D where a person says Omega/Omega_c.
    const own = old.driveOverCritical === this.parameters.driveOverCritical && now.length > 1;
    this.touched = new Set(now.map(({ quantity }) => quantity).filter((name) => !own || name !== 'omega'));
    clearTimeout(this.touchedTimer);
    this.touchedTimer = setTimeout(() => {
      this.touched = new Set();
    }, lit);
  }

  protected override firstUpdated(): void {
    for (const canvas of [this.telegraph, this.distribution]) this.resized.observe(canvas);
    this.seen.observe(this.place.parentElement!);
  }

  protected override updated(changed: PropertyValues<this>): void {
    // Not in the template: the page's content security policy refuses style attributes.
    if (changed.has('height'))
      for (const canvas of [this.telegraph, this.distribution]) canvas.style.height = `${this.height}px`;
    this.soon();
  }

  private get levelsNow(): readonly SceneLevel[] {
    return this.levels(this.parameters, this.branches(this.parameters), this.live.twoStates.states);
  }

  protected override render() {
    const { parameters, touched, live } = this;
    const { states } = live.twoStates;
    return html`
      <div class="story">
        <cavity-picture .parameters=${parameters} .touched=${touched}></cavity-picture>
        <master-equation .parameters=${parameters} .touched=${touched}></master-equation>
      </div>
      <div class="bar">
        ${this.renderWords()}
        ${this.renderControls()}
      </div>
      <div class="plots">
        <div class="curve"><slot name="curve"></slot></div>
        <div class="telegraph picture">
          <div class="head">One quantum trajectory, photon by photon</div>
          <canvas role="img" aria-label=${this.telegraphInWords()}></canvas>
          <div class="x-label">time, units of ${notation(`1/${live.lifeTime?.symbol ?? ''}`)}</div>
          <ul class="legend">
            ${
              states
                ? html`<li><span class="swatch" data-ink="lower"></span>on the way to ${notation('*ρ*_+')}</li>
                    <li><span class="swatch" data-ink="upper"></span>on the way to ${notation('*ρ*_−')}</li>`
                : html`<li><span class="swatch" data-ink="trace"></span>${notation('2⟨*S*_z⟩/*N*')}</li>`
            }
            <li><span class="swatch dashed" data-ink="exact"></span>mean field</li>
          </ul>
        </div>
        <div class="distribution picture">
          <div class="head"><span>${notation('*P*_m')} along it</span></div>
          <canvas role="img" aria-label=${this.distributionInWords()}></canvas>
          <div class="x-label">probability ${notation('*P*_m')}</div>
          <ul class="legend">
            ${
              states
                ? html`<li><span class="swatch bars" data-ink="lower"></span>${notation('*a*_+*P*_m(*ρ*_+)')}</li>
                    <li><span class="swatch bars" data-ink="upper"></span>${notation('*a*_−*P*_m(*ρ*_−)')}</li>
                    <li><span class="swatch points" data-ink="exact"></span>sampled</li>`
                : html`<li><span class="swatch bars" data-ink="trace"></span>sampled</li>`
            }
          </ul>
        </div>
        <canvas class="place" aria-hidden="true"></canvas>
      </div>
      <details class="data" @toggle=${this.takeStill}>
        <summary>The trajectory as it stands: plots, tables, files</summary>
        <div class="still">
          ${this.still.map((spec) => html`<lab-plot .spec=${spec} .origins=${this.origins(parameters)} .height=${200}></lab-plot>`)}
        </div>
      </details>
    `;
  }

  private renderControls() {
    const { live } = this;
    if (live.waitsForLeave)
      return html`<div class="controls"><button @click=${() => live.allow()}>Watch a trajectory</button></div>`;
    return html`<div class="controls" role="group" aria-label="The trajectory">
      <button @click=${() => (live.isPlaying ? live.pause() : live.play())}>${live.isPlaying ? 'Pause' : 'Play'}</button>
      <select
        aria-label="Speed"
        @change=${(event: Event) => live.setSpeed(Number((event.target as HTMLSelectElement).value) as Speed)}
      >
        ${speeds.map((speed) => html`<option value=${speed} ?selected=${speed === live.speed}>× ${speed}</option>`)}
      </select>
      <button @click=${() => live.restart()}>Start again</button>
    </div>`;
  }

  /** What is to be known of it now. */
  private renderWords() {
    const { live } = this;
    if (live.failure) return html`<p class="failed" role="alert">The trajectory stopped: ${live.failure}</p>`;
    if (live.waitsForLeave) return html`<p>So many atoms are watched when you ask for it.</p>`;
    if (live.isTooDear)
      return html`<p>A trajectory of this system takes too long to be watched: its rates lie too far apart.</p>`;
    const { states, words } = live.twoStates;
    if (states)
      return html`<p>
        Coloured by where it is bound for: the committor ${notation('*p*_+')} is above one half on the way to ${notation('*ρ*_+')}.
        The bars add up to ${notation('*a*_+ + *a*_−')}, which is short of 1.
      </p>`;
    return html`<p>${words || 'Grey until its two metastable states are known.'}</p>`;
  }

  private telegraphInWords(): string {
    const { samples, isPlaying } = this.live;
    const last = samples[samples.length - 1];
    return `Magnetization of one quantum trajectory in time${last && !isPlaying ? `, ${last.Sz.toFixed(1)} at its end` : ''}, on the axis of the plot before it.`;
  }

  private distributionInWords(): string {
    const parts = this.live.twoStates.states ? ', with the parts of the two metastable states' : '';
    return `Distribution of m along the trajectory so far${parts}, on the same axis.`;
  }

  private takeStill(event: Event): void {
    const { open } = event.target as HTMLDetailsElement;
    const { live, levelsNow } = this;
    this.still = open ? [telegraphPlot(live, levelsNow), distributionPlot(live, levelsNow)] : [];
  }

  private draw(now: number): void {
    this.frame = 0;
    if (!this.isConnected || !this.telegraph) return;
    const { live, parameters } = this;
    const { samples } = live;
    const levels = this.levelsNow;
    const y: Limits = [this.axis.min!, this.axis.max!];
    const isStacked = this.sizes.distribution === this.sizes.telegraph;
    const palette = currentPalette();
    const view = (canvas: HTMLCanvasElement, width: number, x: Limits): SceneView | null => {
      const begun = begin(canvas, { width, height: this.height }, isStacked);
      return begun && { ...begun, palette, x, y, hasNumbers: isStacked };
    };
    const inTime = view(this.telegraph, this.sizes.telegraph, timeLimits(samples));
    if (inTime) {
      drawAxes(inTime);
      drawTelegraph(inTime, parameters.atoms, samples, levels);
    }
    this.drawDistribution(view);
    this.drawPlace(y);
    if (live.isPlaying) this.cavity?.advance(now);
  }

  private drawDistribution(
    view: (canvas: HTMLCanvasElement, width: number, x: Limits) => SceneView | null,
  ): void {
    const { live, parameters, levelsNow } = this;
    const { states } = live.twoStates;
    const Pm = live.averages?.Pm ?? null;
    const end = probabilityEnd(Pm ?? [], states);
    // In steps too small to jump; the last to a round end.
    const next = this.end + 0.12 * (end - this.end);
    this.end = live.isPlaying && Math.abs(next - end) > 0.01 * end ? next : end;
    const inProbability = view(this.distribution, this.sizes.distribution, [0, this.end]);
    if (!inProbability) return;
    drawAxes(inProbability);
    drawDistribution(inProbability, parameters.atoms, Pm, states, levelsNow);
  }

  /** Over the S-curve's frame, wherever its chart has put it. */
  private drawPlace(y: Limits): void {
    const { place, parameters, live } = this;
    const over = this.querySelector('lab-plot')?.renderRoot.querySelector<HTMLElement>('.u-over');
    if (!over) return;
    const air = 10;
    const [frame, whole] = [over.getBoundingClientRect(), place.parentElement!.getBoundingClientRect()];
    const [width, height] = [frame.width + 2 * air, frame.height + 2 * air];
    const ratio = devicePixelRatio;
    const size = [Math.round(width * ratio), Math.round(height * ratio)];
    if (place.width !== size[0] || place.height !== size[1]) [place.width, place.height] = size;
    place.style.width = `${width}px`;
    place.style.height = `${height}px`;
    place.style.left = `${frame.left - whole.left - air}px`;
    place.style.top = `${frame.top - whole.top - air}px`;
    const context = place.getContext('2d')!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const view: SceneView = {
      ...{ context, palette: currentPalette(), x: [0, this.drive.max!], y, hasNumbers: false },
      frame: { left: air, top: air, width: frame.width, height: frame.height },
    };
    drawPlace(view, parameters.atoms, live.samples);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'opening-scene': OpeningScene;
  }
}
