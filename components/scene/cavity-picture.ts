/** Figure 1a: atoms in a cavity, what drives them and where their light goes, as far as the system has it. Photons are shown as they leave. */
import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property, queryAll } from 'lit/decorators.js';
import { pieces, plainNotation } from '../../src/drawing/notation';
import type { LiveJump } from '../../src/page/live-trajectory';
import type { SystemParameters } from '../../src/parameters/system';
import type { Quantity } from '../../src/parameters/system-options';

/** A way in or out: where its arrow is, where its symbol stands, and what it is for a person. */
interface Arrow {
  readonly quantity: Quantity;
  readonly symbol: string;
  readonly words: string;
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly label: readonly [number, number];
}

const arrows: readonly Arrow[] = [
  {
    quantity: 'omega',
    symbol: '*Ω*',
    words: 'driven from the left',
    from: [6, 66],
    to: [52, 66],
    label: [26, 54],
  },
  {
    ...{ quantity: 'gamma1D', symbol: '*γ*_{1D}', words: 'decaying together through the mirror' },
    ...{ from: [212, 66], to: [258, 66], label: [236, 54] },
  },
  {
    ...{ quantity: 'gammaF', symbol: '*γ*_F', words: 'each decaying to the side' },
    ...{ from: [146, 44], to: [166, 8], label: [180, 20] },
  },
  {
    quantity: 'pumping',
    symbol: '*w*',
    words: 'each pumped',
    from: [100, 124],
    to: [114, 90],
    label: [92, 112],
  },
  {
    ...{ quantity: 'collectivePumping', symbol: '*W*', words: 'pumped together' },
    ...{ from: [258, 92], to: [212, 92], label: [236, 110] },
  },
];

/** What has no direction: symbols beside the atoms. */
const tags: readonly { readonly quantity: Quantity; readonly symbol: string; readonly words: string }[] = [
  { quantity: 'detuning', symbol: '*δ*', words: 'detuned' },
  { quantity: 'collectiveShift', symbol: '*Δ*', words: 'shifted together' },
  { quantity: 'dephasing', symbol: '*γ*_φ', words: 'each dephased' },
  { quantity: 'collectiveDephasing', symbol: '*Γ*_φ', words: 'dephased together' },
];

const atoms = [
  [92, 64],
  [106, 72],
  [117, 59],
  [128, 69],
  [140, 60],
  [150, 73],
  [162, 62],
  [172, 70],
] as const;

/** Photons of one way under way at once; later ones are not shown: an eye could not tell them. */
const mostPhotons = 3;
/** How long one is on its way, and how soon another may follow, ms. */
const flight = 700;
const pause = 160;

@customElement('cavity-picture')
export class CavityPicture extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
    svg {
      display: block;
      width: 100%;
      max-width: 300px;
      margin: 0 auto;
      overflow: visible;
    }
    .mirror {
      fill: none;
      stroke: var(--text);
      stroke-width: 4;
      stroke-linecap: round;
    }
    .mode {
      fill: var(--accent);
      opacity: 0.14;
    }
    .atom {
      fill: var(--text);
    }
    .way {
      stroke: var(--text-soft);
      stroke-width: 2;
      fill: none;
    }
    .head {
      fill: var(--text-soft);
    }
    .drive .way {
      stroke: var(--accent);
      stroke-width: 3;
    }
    .drive .head {
      fill: var(--accent);
    }
    text {
      fill: var(--text);
      font-size: 15px;
      text-anchor: middle;
    }
    .italic {
      font-family: 'STIX Two Text', Cambria, Georgia, 'Liberation Serif', 'Times New Roman', serif;
      font-style: italic;
      font-size: 17px;
    }
    .sub {
      font-size: 11px;
    }
    .touched .way,
    .touched .head {
      stroke: var(--accent);
    }
    .touched text,
    text.touched {
      fill: var(--accent);
      font-weight: 700;
    }
    .photon {
      fill: var(--ink-mean);
      opacity: 0;
    }
  `;

  @property({ attribute: false }) parameters!: SystemParameters;
  /** those that were just changed */
  @property({ attribute: false }) touched: ReadonlySet<string> = new Set();
  @queryAll('.photon') private photons!: NodeListOf<SVGElement>;

  /** by photon's place in the picture: when it left */
  private readonly left = new Map<SVGElement, number>();

  protected override render() {
    const { parameters } = this;
    const shown = arrows.filter(({ quantity }) => parameters[quantity] !== 0);
    const tagged = tags.filter(({ quantity }) => parameters[quantity] !== 0);
    const words = [...shown, ...tagged].map(({ symbol, words }) => `${words} (${plainNotation(symbol)})`);
    return html`<svg viewBox="0 0 264 132" role="img" aria-label="${parameters.atoms} atoms between two mirrors, ${words.join(', ')}.">
      <path class="mode" d="M66,34 Q132,64 198,34 V100 Q132,70 66,100 Z" />
      <path class="mirror" d="M66,26 Q56,67 66,108" />
      <path class="mirror" d="M198,26 Q208,67 198,108" />
      ${atoms.map(([x, y]) => svg`<circle class="atom" cx=${x} cy=${y} r="3.6" />`)}
      ${shown.map((arrow) => this.renderArrow(arrow))}
      ${tagged.map(
        ({ quantity, symbol }, i) =>
          svg`<text class=${this.touched.has(quantity) ? 'touched' : ''} x=${92 + 28 * i} y="26">${symbolOf(symbol)}</text>`,
      )}
    </svg>`;
  }

  private renderArrow({ quantity, symbol, from, to, label }: Arrow) {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const length = Math.hypot(dx, dy);
    const [ux, uy] = [dx / length, dy / length];
    const neck = [to[0] - 9 * ux, to[1] - 9 * uy];
    const head = [to, [neck[0] - 5 * uy, neck[1] + 5 * ux], [neck[0] + 5 * uy, neck[1] - 5 * ux]];
    const kind = `${quantity === 'omega' ? 'drive' : ''} ${this.touched.has(quantity) ? 'touched' : ''}`;
    return svg`<g class=${kind}>
      <path class="way" d="M${from.join()}L${neck.join()}" />
      <path class="head" d="M${head.join('L')}Z" />
      <text x=${label[0]} y=${label[1]}>${symbolOf(symbol)}</text>
      ${
        quantity === 'omega'
          ? nothing
          : Array.from(
              { length: mostPhotons },
              () => svg`<circle class="photon" data-way=${quantity} r="4.5" />`,
            )
      }
    </g>`;
  }

  /** Photons set out; of many at once one is shown. */
  emit(jumps: readonly LiveJump[], now: number): void {
    const ways = new Set(jumps.map(wayOf));
    for (const way of ways) {
      const own = [...this.photons].filter((photon) => photon.dataset.way === way);
      const times = own.map((photon) => this.left.get(photon) ?? Number.NEGATIVE_INFINITY);
      const free = own.find((_, i) => now - times[i] > flight);
      if (free && now - Math.max(...times) > pause) this.left.set(free, now);
    }
  }

  /** Moves what is under way. */
  advance(now: number): void {
    for (const [photon, since] of this.left) {
      const part = (now - since) / flight;
      const arrow = arrows.find(({ quantity }) => quantity === photon.dataset.way)!;
      const along = (i: 0 | 1) => arrow.from[i] + Math.min(1.15, part * 1.15) * (arrow.to[i] - arrow.from[i]);
      photon.style.transform = `translate(${along(0)}px, ${along(1)}px)`;
      photon.style.opacity = String(Math.max(0, 1 - part ** 2));
      if (part >= 1) this.left.delete(photon);
    }
  }
}

function wayOf({ process, isCollective }: LiveJump): Quantity {
  if (process === 'emission') return isCollective ? 'gamma1D' : 'gammaF';
  if (process === 'pumping') return isCollective ? 'collectivePumping' : 'pumping';
  return isCollective ? 'collectiveDephasing' : 'dephasing';
}

/** The markup of `notation` in SVG. */
function symbolOf(markup: string): TemplateResult<2>[] {
  return pieces(markup).map(({ text, italic, shift }) =>
    shift === 'sub'
      ? svg`<tspan class="sub" dy="4">${text}</tspan>`
      : svg`<tspan class=${italic ? 'italic' : ''}>${text}</tspan>`,
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'cavity-picture': CavityPicture;
  }
}
