import { html, LitElement, nothing, type PropertyValues, unsafeCSS } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import uplotStyle from 'uplot/dist/uPlot.min.css?inline';
import { cellAt, type Heat } from '../../src/drawing/heat';
import { legendOf } from '../../src/drawing/legend';
import { plainNotation } from '../../src/drawing/notation';
import { short } from '../../src/drawing/number';
import { axesInWords, axisLimits, type PlotSpec } from '../../src/drawing/plot-spec';
import { plotTable } from '../../src/drawing/plot-table';
import type { Origin } from '../../src/results/origin';
import { currentPalette, themeEvents } from '../lab/theme';
import { notation } from '../parameters/notation';
import { controlStyle, hiddenStyle, notationStyle } from '../shared/style';
import { dataTable, TableFold } from './data-table';
import { drawInFrame } from './frame-queue';
import { plotFiles } from './plot-files';
import { type HandleSpec, PlotHandle } from './plot-handle';
import { PlotLine, type PlotLineSpec } from './plot-line';
import { plotStyle } from './plot-style';
import { stackStyle } from './stack-style';
import { chartKey, UplotChart } from './uplot-chart';
import { valueAt } from './value-at';

/**
 * A plot with its labels, the values under the cursor, its data as a table and its files.
 * Fires `handle-move` (detail: x; of a handle that moves both ways `{ x, y }`) when a person moves the handle, and `drive-change`
 * (detail: x), which leaves every shadow, when one drags the drive's line.
 */
@customElement('lab-plot')
export class LabPlot extends LitElement {
  static override styles = [
    unsafeCSS(uplotStyle),
    controlStyle,
    notationStyle,
    hiddenStyle,
    plotStyle,
    stackStyle,
  ];

  @property({ attribute: false }) spec!: PlotSpec;
  @property({ attribute: false }) handle: HandleSpec | null = null;
  /** where the present drive's line stands, on a plot over the drive; no file has it: a file's numbers are not of that drive */
  @property({ attribute: false }) drive: PlotLineSpec | null = null;
  /** what was run for it, or the system whose mean field it shows: the origin that its files tell */
  @property({ attribute: false }) origins: readonly Origin[] = [];
  /** what to say in place of curves that are not there yet */
  @property() message = '';
  /** the data belong to other parameters than those now set */
  @property({ type: Boolean, reflect: true }) stale = false;
  @property({ type: Number }) height = 260;
  /** one of several on a common axis of x, which the last of them shows; what their lines are is said beside them */
  @property({ reflect: true }) stacked: 'inner' | 'last' | null = null;
  /** of the paper's figure that it shows, where that was chosen: the plot is then outlined */
  @property() caption = '';

  @state() private cursor: { readonly x: number; readonly y: number } | null = null;
  private readonly fold = new TableFold(this);
  @query('.chart') private host!: HTMLElement;

  private chart: UplotChart | null = null;
  /** the chart's `chartKey`; empty when its colours are out of date */
  private chartKey = '';
  private handleView: PlotHandle | null = null;
  private lineView: PlotLine | null = null;
  private readonly repaint = () => {
    this.chartKey = '';
    this.drawSoon();
  };
  /** of the chart, CSS pixels: asking the page for it would lay it out anew at every drawing */
  private width = 0;
  private readonly resized = new ResizeObserver(([{ contentRect }]) => {
    this.width = Math.round(contentRect.width);
    this.drawSoon();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    themeEvents.addEventListener('change', this.repaint);
    if (this.hasUpdated) this.resized.observe(this.host);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    themeEvents.removeEventListener('change', this.repaint);
    this.resized.disconnect();
    this.chart?.destroy();
    this.chart = null;
  }

  protected override firstUpdated(): void {
    this.resized.observe(this.host);
  }

  /** A plot that only invites takes a line, not the room of one with axes. */
  protected override willUpdate(): void {
    this.toggleAttribute('empty', this.message !== '' && this.spec.curves.length === 0);
    this.toggleAttribute('chosen', this.caption !== '');
  }

  protected override updated(changed: PropertyValues<this>): void {
    // Not in the template: the page's content security policy refuses style attributes.
    if (changed.has('height')) this.host.style.height = `${this.height}px`;
    // Handle and line that are there move without a stroke.
    if (changed.has('stacked')) this.chartKey = '';
    if (changed.has('spec') || changed.has('stacked')) this.drawSoon();
    else if (changed.has('handle') || changed.has('drive')) this.showOver();
  }

  protected override render() {
    const { spec } = this;
    const name = `${spec.title}: ${axesInWords(spec)}`;
    return html`<figure>
      ${this.caption ? html`<figcaption>${notation(this.caption)}</figcaption>` : nothing}
      <div class="head">
        <span class="y-label">${notation(spec.y.label)}</span>
        ${plotFiles(spec, this.origins)}
      </div>
      <div class="area">
        <div
          class="chart"
          tabindex="0"
          role="group"
          aria-roledescription="plot"
          aria-label="${name}. Left and right arrows read values${spec.heat ? ', up and down arrows those of other rows' : ''}, plus and minus zoom, 0 shows all."
          @keydown=${this.key}
          @blur=${() => {
            this.cursor = null;
          }}
        ></div>
        ${this.message ? html`<p class="message">${this.message}</p>` : nothing}
        ${this.stale ? html`<p class="stale-note">earlier parameters</p>` : nothing}
      </div>
      <div class="x-label">${notation(spec.x.label)}</div>
      ${this.renderLegend()}
      <div class="hidden" aria-live="polite">${this.spoken()}</div>
      ${this.fold.render(() => dataTable(this.spec.title, plotTable(this.spec)))}
    </figure>`;
  }

  private renderLegend() {
    return html`<ul class="legend">
      ${this.cursor === null ? nothing : html`<li class="at">${notation(this.spec.x.label)} = ${short(this.cursor.x)}</li>`}
      ${legendOf(this.spec).map(
        ({ label, ink, look, dashed, curve, heat }) =>
          html`<li>
            <span class="swatch ${look}" ?data-dashed=${dashed} data-ink=${ink}></span
            >${notation(label)}
            ${curve ? html`<output>${this.cursor === null ? '' : valueAt(curve, this.cursor.x)}</output>` : nothing}
            ${heat ? html`<output>${this.cellWords(heat)}</output>` : nothing}
          </li>`,
      )}
    </ul>`;
  }

  /** The values at the cursor in words, for the live region. */
  private spoken(): string {
    const { cursor, spec } = this;
    if (cursor === null) return '';
    const values = spec.curves.map((curve) => {
      const value = valueAt(curve, cursor.x);
      return value && `${plainNotation(curve.label)} ${value}`;
    });
    if (spec.heat) values.unshift(`${plainNotation(spec.heat.label)} ${this.cellWords(spec.heat)}`);
    return [`${plainNotation(spec.x.label)} ${short(cursor.x)}`, ...values.filter(Boolean)].join(', ');
  }

  /** The heat's value under the cursor, and at which y. */
  private cellWords(heat: Heat): string {
    const { cursor } = this;
    const value = cursor && cellAt(heat, cursor.x, cursor.y);
    return cursor === null || value === null
      ? ''
      : `${short(value)} at ${short(Number(cursor.y.toPrecision(3)))}`;
  }

  private key(event: KeyboardEvent): void {
    const { chart } = this;
    if (!chart || event.target !== this.host) return;
    const [x, y] = [axisLimits(this.spec, 'x'), axisLimits(this.spec, 'y')];
    const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 };
    const rows: Record<string, number> = this.spec.heat ? { ArrowDown: -1, ArrowUp: 1 } : {};
    const zooms: Record<string, number> = { '+': 0.5, '=': 0.5, '-': 2, '0': 0 };
    if (event.key in moves || event.key in rows) {
      const step = ([min, max]: readonly number[], from: number, steps = 0) =>
        Math.min(max, Math.max(min, from + (steps * (max - min)) / 100));
      const middle = { x: (x[0] + x[1]) / 2, y: (y[0] + y[1]) / 2 };
      const from = this.cursor ?? middle;
      const to = { x: step(x, from.x, moves[event.key]), y: step(y, from.y, rows[event.key]) };
      chart.pointAt(to.x, to.y);
      this.cursor = to;
    } else if (event.key in zooms && !this.handle) chart.zoom(zooms[event.key]);
    else return;
    event.preventDefault();
  }

  private drawSoon(): void {
    drawInFrame(this, () => this.draw());
  }

  private draw(): void {
    const { spec, host, height, width } = this;
    if (width === 0) return;
    if (!this.chart || chartKey(spec) !== this.chartKey) {
      this.chart?.destroy();
      this.handleView = null;
      this.lineView = null;
      this.chart = new UplotChart(
        host,
        spec,
        currentPalette(),
        { width, height },
        {
          zoom: !this.handle,
          stacked: this.stacked,
          onDraw: () => this.showOver(),
          onCursor: (at) => {
            this.cursor = at;
          },
        },
      );
      this.chartKey = chartKey(spec);
    } else {
      this.chart.resize(width, height);
      this.chart.show(spec);
    }
    this.showOver();
  }

  /** Handle and drive's line, which stand over the drawing and move without it. */
  private showOver(): void {
    const { chart, handle, drive } = this;
    if (!chart) return;
    if (handle && this.handleView) this.handleView.show(handle);
    else if (handle) {
      this.handleView = new PlotHandle(chart.over, handle, chart, (x, y) => {
        const detail = this.handle?.vertical ? { x, y } : x;
        this.dispatchEvent(new CustomEvent('handle-move', { detail }));
      });
    }
    if (drive && this.lineView) this.lineView.show(drive);
    else if (drive) {
      this.lineView = new PlotLine(chart.over, drive, chart, (detail) =>
        this.dispatchEvent(new CustomEvent('drive-change', { detail, bubbles: true, composed: true })),
      );
    } else {
      this.lineView?.remove();
      this.lineView = null;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-plot': LabPlot;
  }
}
