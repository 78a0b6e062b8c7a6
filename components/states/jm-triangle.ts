import { html, LitElement, nothing, type PropertyValues, svg } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { memo } from '../../src/drawing/memo';
import { short } from '../../src/drawing/number';
import { sansFont } from '../../src/drawing/palettes';
import type { Origin } from '../../src/results/origin';
import { currentPalette, themeEvents } from '../lab/theme';
import { notation } from '../parameters/notation';
import { dataTable, TableFold } from '../plot/data-table';
import { type Picture, paletteOf, pictureFiles } from '../plot/plot-files';
import { plotStyle } from '../plot/plot-style';
import { controlStyle, hiddenStyle, notationStyle } from '../shared/style';
import { type Pictures, type StateName, stateLooks } from './state-names';
import {
  cellAt,
  placeOf,
  type TriangleLayout,
  triangleLayout,
  trianglePicture,
  triangleSvg,
  triangleTable,
} from './triangle-picture';
import { triangleStyle } from './triangle-style';
import type { Step } from './walk';

const title = 'Distributions of j and m in the three states';

/** p(j, m) of rho_s, rho_+ and rho_- as triangles, and a trajectory's way through the first. */
@customElement('jm-triangle')
export class JmTriangle extends LitElement {
  static override styles = [controlStyle, notationStyle, hiddenStyle, plotStyle, triangleStyle];

  @property({ attribute: false }) pictures!: Pictures;
  /** bounds on each p */
  @property({ attribute: false }) errors!: Readonly<Record<StateName, number>>;
  @property({ type: Number }) atoms!: number;
  @property({ attribute: false }) origins: readonly Origin[] = [];
  /** where a trajectory of as many atoms has been, the last step last */
  @property({ attribute: false }) trail: readonly Step[] = [];

  /** the cell that is read: its row from the top, and its place from m = -j up */
  @state() private cell: { readonly b: number; readonly i: number } | null = null;
  @state() private width = 0;
  private readonly fold = new TableFold(this);
  @query('.drawn') private drawn!: HTMLElement;
  @query('.picture') private host!: HTMLElement;

  private readonly layout = memo(triangleLayout);
  private readonly picture = memo(trianglePicture);
  private shown = '';
  private readonly repaint = () => this.requestUpdate();
  private readonly resized = new ResizeObserver(([{ contentRect }]) => {
    this.width = Math.round(contentRect.width);
  });

  override connectedCallback(): void {
    super.connectedCallback();
    themeEvents.addEventListener('change', this.repaint);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    themeEvents.removeEventListener('change', this.repaint);
    this.resized.disconnect();
  }

  protected override firstUpdated(): void {
    this.resized.observe(this.host);
  }

  protected override updated(_: PropertyValues<this>): void {
    if (this.width === 0) return;
    const layout = this.layout(this.width, this.atoms);
    const { width, height } = layout;
    const inner = this.picture(this.pictures, layout, currentPalette());
    if (inner === this.shown) return;
    this.shown = inner;
    this.drawn.innerHTML = `<svg viewBox="0 0 ${width} ${height}" font-family='${sansFont}' aria-hidden="true">${inner}</svg>`;
  }

  protected override render() {
    return html`<figure>
      <div class="head">
        <span class="y-label">${notation('*p*(*j*, *m*), total spin against magnetization')}</span>
        ${pictureFiles(this.asPicture(), this.origins)}
      </div>
      <div
        class="picture"
        tabindex="0"
        role="group"
        aria-roledescription="plot"
        aria-label="${title}. ${this.inWords()} Arrow keys read cells."
        @keydown=${this.key}
        @pointermove=${this.point}
        @pointerleave=${this.leave}
        @blur=${this.leave}
      >
        <div class="drawn"></div>
        ${this.width > 0 ? this.renderOver(this.layout(this.width, this.atoms)) : nothing}
      </div>
      ${this.renderLegend()}
      <div class="hidden" aria-live="polite">${
        this.cell
          ? this.readings()
              .map(({ name, p }) => `${name} ${p}`)
              .join(', ')
          : ''
      }</div>
      ${this.fold.render(() => guard([this.pictures], () => dataTable(title, this.table())))}
    </figure>`;
  }

  private renderOver(layout: TriangleLayout) {
    const { cell, trail } = this;
    const { width, height, frames } = layout;
    return html`<svg class="over" viewBox="0 0 ${width} ${height}" aria-hidden="true">
      ${trail.length > 1 ? this.renderTrail(layout) : nothing}
      ${
        cell
          ? frames.map(({ left, top }) => {
              const { width, height } = layout.cell;
              return svg`<rect class="cell" x=${left + (cell.b + cell.i) * width - 1} y=${top + cell.b * height - 1}
                width=${width + 2} height=${height + 2} />`;
            })
          : nothing
      }
    </svg>`;
  }

  /** Through the triangle of rho_s, which trajectories sample. */
  private renderTrail(layout: TriangleLayout) {
    const [frame] = layout.frames;
    const places = this.trail.map(({ j, Sz }) => placeOf(layout, frame, j, Sz));
    let [drift, jumps, circles, diamonds] = ['', '', '', ''];
    this.trail.forEach(({ by, j }, i) => {
      const [x, y] = places[i];
      if (i > 0) {
        const [fromX, fromY] = places[i - 1];
        // Along the row first, then to the other one.
        drift += `M${fromX},${fromY}H${x}`;
        if (j !== this.trail[i - 1].j) jumps += `M${x},${fromY}V${y}`;
      }
      if (by === 'collective jump') circles += `M${x - 2.4},${y}a2.4,2.4 0 1,0 4.8,0a2.4,2.4 0 1,0 -4.8,0`;
      if (by === 'individual jump') diamonds += `M${x},${y - 4}l4,4l-4,4l-4,-4z`;
    });
    const [x, y] = places[places.length - 1];
    return svg`<path class="trail halo" d=${drift + jumps} /><path class="trail" d=${drift} /><path class="trail jump" d=${jumps} />
      <path class="collective" d=${circles} /><path class="individual" d=${diamonds} />
      <circle class="now" cx=${x} cy=${y} r="6" />`;
  }

  private renderLegend() {
    const errors = stateLooks.map(({ name }) => this.errors[name]);
    return html`<ul class="legend">
      ${
        this.cell
          ? this.readings().map(({ symbol, p }) => html`<li>${notation(symbol)} <output>${p}</output></li>`)
          : html`<li>Errors of each are at most ${short(Math.max(...errors))}.</li>`
      }
      ${
        this.trail.length > 1
          ? html`<li><span class="swatch collective"></span>the live trajectory: collective jump</li>
            <li><span class="swatch individual"></span>jump of one atom, which changes ${notation('*j*')}</li>`
          : nothing
      }
    </ul>`;
  }

  /** What is known of the cell that is read, as it stands and as it is said. */
  private readings() {
    const { b, i } = this.cell!;
    const j = this.atoms / 2 - b;
    const m = short(i - j);
    return [
      { symbol: `*j* = ${j}, *m* = ${m}`, name: `j = ${j}, m = ${m}`, p: '' },
      ...stateLooks.map(({ name, symbol }) => ({
        symbol,
        name: { steady: 'rho s', plus: 'rho plus', minus: 'rho minus' }[name],
        p: short(this.pictures[name].Pjm[b][i]),
      })),
    ];
  }

  /** Where each state is most. */
  private inWords(): string {
    const names = { steady: 'the steady state', plus: 'rho plus', minus: 'rho minus' };
    const places = stateLooks.map(({ name }) => {
      let [best, j, m] = [0, 0, 0];
      for (const [b, row] of this.pictures[name].Pjm.entries())
        for (const [i, p] of row.entries())
          if (p > best) [best, j, m] = [p, this.atoms / 2 - b, i - this.atoms / 2 + b];
      return `${names[name]} is largest at j = ${j}, m = ${short(m)} (${short(best)})`;
    });
    return `${places.join('; ')}.`;
  }

  private readonly table = () => triangleTable(this.pictures, this.errors, this.atoms);

  private asPicture(): Picture {
    const description = `p(j, m): j upwards, m to the right, P_m above, P_j at the side; ${this.inWords()}`;
    return {
      title,
      description,
      table: this.table,
      svg: (origin, sheet) =>
        triangleSvg(this.pictures, this.atoms, paletteOf(sheet), title, [description, ...origin], sheet),
    };
  }

  private key(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, readonly [down: number, right: number]>> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    if (event.target !== this.host || !(event.key in moves)) return;
    event.preventDefault();
    const [down, right] = moves[event.key];
    // Column and row as the picture has them; the first press shows the top row's middle.
    const { b, i } = this.cell ?? { b: -down, i: Math.floor(this.atoms / 2) - right + down };
    const row = Math.min(Math.floor(this.atoms / 2), Math.max(0, b + down));
    const column = Math.min(this.atoms - row, Math.max(row, b + i + right));
    this.cell = { b: row, i: column - row };
  }

  private point({ clientX, clientY }: PointerEvent): void {
    if (this.width === 0) return;
    const { left, top } = this.host.getBoundingClientRect();
    const cell = cellAt(this.layout(this.width, this.atoms), clientX - left, clientY - top);
    if (cell?.b !== this.cell?.b || cell?.i !== this.cell?.i) this.cell = cell;
  }

  private leave(): void {
    this.cell = null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'jm-triangle': JmTriangle;
  }
}
