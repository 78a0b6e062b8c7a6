import { html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { memo } from '../../src/drawing/memo';
import type { Palette } from '../../src/drawing/palettes';
import type { Table } from '../../src/drawing/plot-table';
import { resolutionOf, type Sheet } from '../../src/drawing/sheet';
import { husimiOfPsi, husimiRings } from '../../src/operators/husimi';
import { momentsOfPsi, type SpinMoments, spinUncertainty } from '../../src/operators/moments';
import type { SystemParameters } from '../../src/parameters/system';
import type { Origin } from '../../src/results/origin';
import { currentPalette, themeEvents } from '../lab/theme';
import { notation } from '../parameters/notation';
import { dataTable, TableFold } from '../plot/data-table';
import { drawInFrame } from '../plot/frame-queue';
import { type Picture, paletteOf, pictureFiles } from '../plot/plot-files';
import { plotStyle } from '../plot/plot-style';
import { controlStyle, hiddenStyle, notationStyle } from '../shared/style';
import { type Ball, type BallName, captionOf, crssOf, fieldPoints, inWords, sphereTable } from './balls';
import { globe, type OnSphere, paintSphere } from './sphere-paint';
import {
  asDirection,
  colourRamp,
  type Facing,
  type SphereTexture,
  type SphereView,
  sphereImage,
  sphereView,
} from './sphere-raster';
import { fineTexture, quickTexture } from './sphere-textures';
import { spheresStyle } from './spheres-style';
import { ballsOn, pictureSide, spheresSvg } from './spheres-svg';
import { type Pictures, type StateName, stateLooks } from './state-names';
import type { Walk } from './walk';

const title = 'Husimi functions of the three states';

/** Pixels across a sphere that turns, and at most across one that rests. */
const quickSize = 176;
const sharpest = 440;
/** ms without a turn after which a sphere rests */
const rest = 160;
/** degrees a press of an arrow key */
const turn = 5;

/** Husimi's Q of rho_s, rho_+, rho_- and of a trajectory's state on spheres that turn together. */
@customElement('phase-spheres')
export class PhaseSpheres extends LitElement {
  static override styles = [controlStyle, notationStyle, hiddenStyle, plotStyle, spheresStyle];

  @property({ attribute: false }) pictures!: Pictures;
  /** bounds on each Q */
  @property({ attribute: false }) errors!: Readonly<Record<StateName, number>>;
  /** the system that they are of */
  @property({ attribute: false }) parameters!: SystemParameters;
  @property({ attribute: false }) origins: readonly Origin[] = [];
  /** a trajectory's state now; null where there is none */
  @property({ attribute: false }) walking: Walk['state'] = null;

  @state() private showsCrss = false;
  private readonly fold = new TableFold(this);
  @state() private isTurning = false;
  /** what is made of `pictures` so far */
  @state() private textures: Partial<Record<StateName | 'crss', SphereTexture>> = {};
  @query('.balls') private host!: HTMLElement;

  private facing: Facing = { lon: 0, lat: 0 };
  private isTurned = false;
  private isQuick = false;
  private drag: { readonly x: number; readonly y: number; readonly from: Facing } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly raster = document.createElement('canvas');
  private readonly repaint = () => this.drawSoon();
  private readonly resized = new ResizeObserver(() => this.drawSoon());

  private readonly fieldPoints = memo(fieldPoints);
  private readonly crss = memo(crssOf);
  private readonly walkTexture = memo((walking: Walk['state'], atoms: number) =>
    walking
      ? quickTexture(husimiOfPsi(walking.j, walking.re, walking.im ?? undefined, husimiRings(atoms)))
      : null,
  );
  private readonly view = memo(sphereView);
  private readonly walkView = memo(sphereView);
  private readonly globe = memo(globe);

  override connectedCallback(): void {
    super.connectedCallback();
    themeEvents.addEventListener('change', this.repaint);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    themeEvents.removeEventListener('change', this.repaint);
    this.resized.disconnect();
    clearTimeout(this.timer);
  }

  protected override firstUpdated(): void {
    this.resized.observe(this.host);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('pictures')) return;
    this.textures = {};
    if (!this.isTurned) this.faceSpin();
    void this.makeTextures(this.pictures);
  }

  protected override updated(changed: PropertyValues<this>): void {
    const walk = this.canvasOf('walk');
    // Of what changes all the time the other spheres know nothing.
    if (walk && changed.size === 1 && changed.get('walking'))
      drawInFrame(walk, () => {
        const ball = this.balls().find(({ name }) => name === 'walk');
        if (ball) this.drawBall(ball);
      });
    else this.drawSoon();
  }

  /** One after the other; what belongs to other pictures by then is dropped. */
  private async makeTextures(pictures: Pictures): Promise<void> {
    for (const { name } of stateLooks) {
      const texture = await fineTexture(pictures[name].Q);
      if (this.pictures !== pictures) return;
      this.textures = { ...this.textures, [name]: texture };
    }
  }

  private async toggleCrss(event: Event): Promise<void> {
    this.showsCrss = (event.target as HTMLInputElement).checked;
    const { pictures } = this;
    if (!this.showsCrss || this.textures.crss) return;
    const crss = await fineTexture(this.crss(this.parameters, pictures.steady.Q.length)!.Q);
    if (this.pictures === pictures) this.textures = { ...this.textures, crss };
  }

  /** The mean spin of rho_s in the middle. */
  private faceSpin(): void {
    const { Sx, Sy, Sz } = this.pictures.steady.moments;
    const [lon, lat] = asDirection([Sx, Sy, Sz]);
    this.facing = { lon, lat: Math.min(70, Math.max(-70, lat)) };
  }

  private balls(): Ball[] {
    const { parameters, pictures, textures, walking } = this;
    const { atoms } = parameters;
    const field = this.fieldPoints(parameters);
    const on = (moments: SpinMoments): OnSphere => ({ field, atoms, spin: spinUncertainty(atoms, moments) });
    const balls = stateLooks.map(
      ({ name, title, ink }): Ball => ({
        ...{ name, title, ink },
        texture: textures[name] ?? null,
        on: on(pictures[name].moments),
        about: '',
      }),
    );
    const crss = this.shownCrss();
    if (crss)
      balls[1] = {
        name: 'plus',
        title: 'CRSS of *j* = *N*/2',
        ink: 'lower',
        texture: textures.crss ?? null,
        on: on(crss.moments),
        about: '',
      };
    if (walking)
      balls.push({
        name: 'walk',
        title: 'trajectory now',
        ink: 'trace',
        texture: this.walkTexture(walking, atoms),
        on: on(momentsOfPsi(atoms, walking.j, walking.re, walking.im ?? undefined)),
        about: `*j* = ${walking.j}, `,
      });
    return balls;
  }

  protected override render() {
    const balls = this.balls();
    return html`<figure>
      <div class="head">
        <span class="y-label">${notation('Husimi *Q* on the sphere of directions')}</span>
        ${pictureFiles(this.asPicture(balls), this.origins)}
      </div>
      <div
        class="balls ${this.isTurning ? 'turning' : ''}"
        tabindex="0"
        role="group"
        aria-roledescription="spheres"
        aria-label="${title}. Arrow keys turn them all, Home turns the mean spin to the front."
        @keydown=${this.key}
        @pointerdown=${this.take}
        @pointermove=${this.move}
        @pointerup=${this.release}
        @pointercancel=${this.release}
      >
        ${balls.map(
          (ball) =>
            html`<div class="ball" data-ink=${ball.ink}>
              <strong><span class="swatch"></span>${notation(ball.title)}</strong>
              <canvas data-ball=${ball.name} role="img" aria-label=${inWords(ball)}></canvas>
              <small>${notation(captionOf(ball))}</small>
            </div>`,
        )}
      </div>
      ${this.renderLegend()}
      ${this.fold.render(() => guard([this.pictures, this.showsCrss], () => dataTable(title, this.table())))}
    </figure>`;
  }

  private renderLegend() {
    const inks = [...new Set(this.fieldPoints(this.parameters).map(({ ink }) => ink))];
    const names: Partial<Record<string, string>> = {
      lower: 'lower branch',
      upper: 'upper branch',
      unstable: 'unstable',
    };
    return html`<ul class="legend">
        <li>colour: ${notation('*Q*')} from 0 to the largest of its sphere</li>
        <li><span class="swatch spin"></span>mean spin</li>
        <li><span class="swatch ellipse"></span>its standard deviation across, over its length</li>
        <li><span class="swatch coherent"></span>the same of a coherent state: narrower is squeezed</li>
        ${inks.map((ink) => html`<li><span class="swatch cross" data-ink=${ink}>×</span>mean field, ${names[ink]}</li>`)}
      </ul>
      <div class="choices">
        <label
          ><input
            type="checkbox"
            .checked=${this.showsCrss}
            ?disabled=${this.parameters.gamma1D === 0}
            @change=${this.toggleCrss}
          />${notation('the ideal CRSS in the place of *ρ*_+')}</label
        >
        <button class="front" @click=${this.toFront}>Mean spin to the front</button>
      </div>`;
  }

  private asPicture(balls: readonly Ball[]): Picture {
    const description = balls.map(inWords).join(' ');
    return {
      title,
      description,
      table: () => this.table(),
      svg: (origin, sheet) =>
        spheresSvg(balls, this.sharp(balls, sheet), paletteOf(sheet), title, [description, ...origin], sheet),
    };
  }

  private table(): Table {
    return sphereTable(this.pictures, this.errors, this.shownCrss()?.Q ?? null);
  }

  private shownCrss() {
    return this.showsCrss ? this.crss(this.parameters, this.pictures.steady.Q.length) : null;
  }

  /** What is seen of each, drawn sharp; in print as large as it is printed. */
  private sharp(balls: readonly Ball[], sheet: Sheet): string[] {
    this.isQuick = false;
    const side = pictureSide(ballsOn(sheet, balls.length).each);
    // Shades need half the dots of lines.
    const halftone = Math.max(2, resolutionOf(sheet).pixelsPerUnit / 2);
    return balls.map((ball) => {
      const canvas = document.createElement('canvas');
      this.paintBall(ball, canvas, side, halftone, paletteOf(sheet));
      return canvas.toDataURL();
    });
  }

  private canvasOf(name: BallName): HTMLCanvasElement | null {
    return this.renderRoot.querySelector(`canvas[data-ball=${name}]`);
  }

  private drawSoon(): void {
    drawInFrame(this, () => this.draw());
  }

  /** Rough ones all at once, for they turn together; sharp ones one a frame. */
  private draw(): void {
    for (const ball of this.balls()) {
      const canvas = this.canvasOf(ball.name);
      if (this.isQuick) this.drawBall(ball);
      else if (canvas) drawInFrame(canvas, () => this.isQuick || this.drawBall(ball));
    }
  }

  private drawBall(ball: Ball): void {
    const canvas = this.canvasOf(ball.name);
    const size = canvas?.clientWidth ?? 0;
    if (canvas && size > 0)
      this.paintBall(ball, canvas, size, Math.min(2, devicePixelRatio), currentPalette());
  }

  /** @param size its side in CSS pixels, with `ratio` of the canvas's to each */
  private paintBall(
    { name, ink, texture, on }: Ball,
    canvas: HTMLCanvasElement,
    size: number,
    ratio: number,
    palette: Palette,
  ): void {
    const pixels = Math.round(size * ratio);
    if (canvas.width !== pixels) canvas.width = canvas.height = pixels;
    // Small pictures that change as a whole: quickest where they are not on a GPU.
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const shown = texture ?? nothingYet;
    const core = palette.surface === '#ffffff' ? '#000000' : '#ffffff';
    this.fill(this.viewFor(name, pixels, shown), shown, colourRamp(palette.grid, palette[ink], core));
    paintSphere(context, this.globe(size, this.facing), this.raster, on, palette);
  }

  private viewFor(name: BallName, pixels: number, { rows, columns }: SphereTexture): SphereView {
    const size = this.isQuick || name === 'walk' ? quickSize : Math.min(sharpest, pixels);
    const view = name === 'walk' ? this.walkView : this.view;
    return view(Math.min(size, pixels), this.facing, rows, columns);
  }

  private fill(view: SphereView, texture: SphereTexture, colours: Uint32Array): void {
    if (this.raster.width !== view.size) this.raster.width = this.raster.height = view.size;
    this.raster
      .getContext('2d', { willReadFrequently: true })!
      .putImageData(sphereImage(view, texture, colours), 0, 0);
  }

  /** Rough while they turn, sharp when they rest. */
  private face({ lon, lat }: Facing): void {
    this.facing = { lon: ((lon + 540) % 360) - 180, lat: Math.min(90, Math.max(-90, lat)) };
    this.isTurned = true;
    this.isQuick = true;
    this.drawSoon();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.isQuick = false;
      this.drawSoon();
    }, rest);
  }

  private toFront(): void {
    this.faceSpin();
    this.face(this.facing);
    this.isTurned = false;
  }

  private key(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, readonly [lon: number, lat: number]>> = {
      ArrowLeft: [turn, 0],
      ArrowRight: [-turn, 0],
      ArrowUp: [0, -turn],
      ArrowDown: [0, turn],
    };
    if (event.target !== this.host) return;
    if (event.key === 'Home') this.toFront();
    else if (event.key in moves) {
      const [lon, lat] = moves[event.key];
      this.face({ lon: this.facing.lon + lon, lat: this.facing.lat + lat });
    } else return;
    event.preventDefault();
  }

  private take(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.host.setPointerCapture(event.pointerId);
    this.drag = { x: event.clientX, y: event.clientY, from: this.facing };
    this.isTurning = true;
  }

  private move({ clientX, clientY }: PointerEvent): void {
    if (!this.drag) return;
    const { x, y, from } = this.drag;
    // Half a sphere's width is about a radian.
    const degrees = 115 / (this.canvasOf('steady')?.clientWidth ?? 250);
    this.face({ lon: from.lon - (clientX - x) * degrees, lat: from.lat + (clientY - y) * degrees });
  }

  private release(): void {
    this.drag = null;
    this.isTurning = false;
  }
}

/** A sphere whose Q is not there yet. */
const nothingYet: SphereTexture = { rows: 2, columns: 1, values: new Float32Array(2), most: 1 };

declare global {
  interface HTMLElementTagNameMap {
    'phase-spheres': PhaseSpheres;
  }
}
