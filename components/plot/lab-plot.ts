import { css, html, LitElement, nothing, type PropertyValues, unsafeCSS } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import uplotStyle from 'uplot/dist/uPlot.min.css?inline';
import { legendOf } from '../../src/drawing/legend';
import { plainNotation } from '../../src/drawing/notation';
import { short } from '../../src/drawing/number';
import { axesInWords, axisLimits, type PlotSpec } from '../../src/drawing/plot-spec';
import { plotTable } from '../../src/drawing/plot-table';
import type { Origin } from '../../src/results/origin';
import { currentPalette, themeEvents } from '../lab/theme';
import { notation } from '../parameters/notation';
import { controlStyle, hiddenStyle, notationStyle } from '../shared/style';
import { drawInFrame } from './frame-queue';
import { plotFiles } from './plot-files';
import { type HandleSpec, PlotHandle } from './plot-handle';
import { plotStyle } from './plot-style';
import { stackStyle } from './stack-style';
import { chartKey, UplotChart } from './uplot-chart';
import { valueAt } from './value-at';

/** Rows of the table shown on the page; the CSV has all. */
const shownRows = 300;

/**
 * A plot with its labels, the values under the cursor, its data as a table and its files.
 * Fires `handle-move` (detail: x) when a person moves the handle.
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
    css`
      :host {
        display: block;
      }
    `,
  ];

  @property({ attribute: false }) spec!: PlotSpec;
  @property({ attribute: false }) handle: HandleSpec | null = null;
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

  @state() private cursor: number | null = null;
  @state() private tableOpen = false;
  @query('.chart') private host!: HTMLElement;

  private chart: UplotChart | null = null;
  /** the chart's `chartKey`; empty when its colours are out of date */
  private chartKey = '';
  private handleView: PlotHandle | null = null;
  private readonly repaint = () => {
    this.chartKey = '';
    this.drawSoon();
  };
  private readonly resized = new ResizeObserver(() => this.drawSoon());

  override connectedCallback(): void {
    super.connectedCallback();
    themeEvents.addEventListener('change', this.repaint);
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
    // A handle that is there moves without a stroke.
    if (changed.has('stacked')) this.chartKey = '';
    if (
      changed.has('spec') ||
      changed.has('stacked') ||
      (changed.has('handle') && !(this.handle && this.handleView))
    )
      this.drawSoon();
    else if (changed.has('handle') && this.handle) this.handleView?.show(this.handle);
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
          aria-label="${name}. Left and right arrows read values, plus and minus zoom, 0 shows all."
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
      <details
        class="table"
        @toggle=${(event: Event) => {
          this.tableOpen = (event.target as HTMLDetailsElement).open;
        }}
      >
        <summary>Data table</summary>
        ${this.tableOpen ? this.renderTable() : nothing}
      </details>
    </figure>`;
  }

  private renderLegend() {
    return html`<ul class="legend">
      ${this.cursor === null ? nothing : html`<li class="at">${notation(this.spec.x.label)} = ${short(this.cursor)}</li>`}
      ${legendOf(this.spec).map(
        ({ label, ink, look, dashed, curve }) =>
          html`<li>
            <span class="swatch ${look}" ?data-dashed=${dashed} data-ink=${ink}></span
            >${notation(label)}
            ${curve ? html`<output>${this.cursor === null ? '' : valueAt(curve, this.cursor)}</output>` : nothing}
          </li>`,
      )}
    </ul>`;
  }

  private renderTable() {
    const { columns, rows } = plotTable(this.spec);
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Data of: ${this.spec.title}">
      <table>
        <caption class="hidden">${this.spec.title}</caption>
        <thead>
          <tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr>
        </thead>
        <tbody>
          ${rows
            .slice(0, shownRows)
            .map(
              (row) =>
                html`<tr>${row.map((value) => html`<td>${value === null ? '' : short(value)}</td>`)}</tr>`,
            )}
        </tbody>
      </table>
      ${rows.length > shownRows ? html`<p>The first ${shownRows} of ${rows.length} rows; the CSV has all.</p>` : nothing}
    </div>`;
  }

  /** The values at the cursor in words, for the live region. */
  private spoken(): string {
    const { cursor } = this;
    if (cursor === null) return '';
    const values = this.spec.curves.map((curve) => {
      const value = valueAt(curve, cursor);
      return value && `${plainNotation(curve.label)} ${value}`;
    });
    return [`${plainNotation(this.spec.x.label)} ${short(cursor)}`, ...values.filter(Boolean)].join(', ');
  }

  private key(event: KeyboardEvent): void {
    const { chart } = this;
    if (!chart || event.target !== this.host) return;
    const [min, max] = axisLimits(this.spec, 'x');
    const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 };
    const zooms: Record<string, number> = { '+': 0.5, '=': 0.5, '-': 2, '0': 0 };
    if (event.key in moves) {
      const from = this.cursor ?? (min + max) / 2;
      const to = Math.min(max, Math.max(min, from + (moves[event.key] * (max - min)) / 100));
      chart.pointAt(to);
      this.cursor = to;
    } else if (event.key in zooms && !this.handle) chart.zoom(zooms[event.key]);
    else return;
    event.preventDefault();
  }

  private drawSoon(): void {
    drawInFrame(this, () => {
      if (this.isConnected) this.draw();
    });
  }

  private draw(): void {
    const { spec, host, height } = this;
    const width = host.clientWidth;
    if (width === 0) return;
    if (!this.chart || chartKey(spec) !== this.chartKey) {
      this.chart?.destroy();
      this.handleView = null;
      this.chart = new UplotChart(
        host,
        spec,
        currentPalette(),
        { width, height },
        {
          zoom: !this.handle,
          stacked: this.stacked,
          onDraw: () => this.handle && this.handleView?.show(this.handle),
          onCursor: (x) => {
            this.cursor = x;
          },
        },
      );
      this.chartKey = chartKey(spec);
    } else {
      this.chart.resize(width, height);
      this.chart.show(spec);
    }
    if (!this.handle) return;
    if (this.handleView) this.handleView.show(this.handle);
    else
      this.handleView = new PlotHandle(this.chart.over, this.handle, this.chart, (x) =>
        this.dispatchEvent(new CustomEvent('handle-move', { detail: x })),
      );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lab-plot': LabPlot;
  }
}
