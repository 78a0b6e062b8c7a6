import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { memo } from '../../src/drawing/memo';
import { measured, short } from '../../src/drawing/number';
import type { DocumentOf } from '../../src/experiments/registry';
import { notation } from '../parameters/notation';
import { notationStyle } from '../shared/style';
import './jm-triangle';
import './phase-spheres';
import { type Pictures, type StateName, stateLooks } from './state-names';
import { Trail, type Walk } from './walk';

/** ms between two looks at the trajectory */
const beat = 110;

/** Where rho_s, rho_+ and rho_- live: in the triangle of j and m, and on the sphere; and a trajectory among them. */
@customElement('state-pictures')
export class StatePictures extends LitElement {
  static override styles = [
    notationStyle,
    css`
      :host {
        display: block;
      }
      .finding {
        margin: 4px 0 10px;
        max-width: 76ch;
      }
      phase-spheres {
        margin-top: 22px;
      }
    `,
  ];

  /** with `phaseSpace` */
  @property({ attribute: false }) document!: DocumentOf<'metastable'>;
  @property({ attribute: false }) live: Walk | null = null;

  @state() private trail: Trail['steps'] = [];
  @state() private walking: Walk['state'] = null;
  private readonly trailOf = new Trail();
  private isInSight = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly seen = new IntersectionObserver((entries) => {
    this.isInSight = entries.at(-1)!.isIntersecting;
    this.live?.watch(this, this.isInSight);
  });
  private readonly origins = memo((document: DocumentOf<'metastable'>) => [document]);
  private readonly pjmBounds = memo((document: DocumentOf<'metastable'>) => boundsOf(document, 'Pjm'));
  private readonly qBounds = memo((document: DocumentOf<'metastable'>) => boundsOf(document, 'Q'));

  override connectedCallback(): void {
    super.connectedCallback();
    this.seen.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.seen.disconnect();
    clearTimeout(this.timer);
    this.timer = undefined;
    this.follow(this.live, null);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('live')) this.follow(changed.get('live') ?? null, this.live);
  }

  private follow(old: Walk | null, walk: Walk | null): void {
    old?.watch(this, false);
    old?.removeEventListener('samples', this.onSamples);
    old?.removeEventListener('restart', this.onRestart);
    walk?.addEventListener('samples', this.onSamples);
    walk?.addEventListener('restart', this.onRestart);
    walk?.watch(this, this.isInSight);
    this.onRestart();
  }

  private readonly onRestart = () => {
    this.trailOf.clear();
    this.trail = [];
    this.walking = null;
  };

  /** Every sample counts for the trail, yet not each is drawn. */
  private readonly onSamples = () => {
    if (!this.live) return;
    this.trailOf.take(this.live);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const isOfThese = this.live?.parameters?.atoms === this.document.parameters.atoms;
      this.trail = isOfThese ? this.trailOf.steps : [];
      this.walking = isOfThese ? (this.live?.state ?? null) : null;
    }, beat);
  };

  protected override render() {
    const { document, trail, walking } = this;
    const { result, parameters } = document;
    const pictures: Pictures | undefined = result.phaseSpace;
    if (pictures === undefined) return nothing;
    const origins = this.origins(document);
    return html`<p class="finding">${finding(document)}</p>
      <jm-triangle
        .pictures=${pictures}
        .errors=${this.pjmBounds(document)}
        .atoms=${parameters.atoms}
        .origins=${origins}
        .trail=${trail}
      ></jm-triangle>
      <phase-spheres
        .pictures=${pictures}
        .errors=${this.qBounds(document)}
        .parameters=${parameters}
        .origins=${origins}
        .walking=${walking}
      ></phase-spheres>`;
  }
}

const boundsOf = ({ result }: DocumentOf<'metastable'>, of: 'Pjm' | 'Q') =>
  Object.fromEntries(stateLooks.map(({ name }) => [name, result.errors.phaseSpace![name][of]])) as Record<
    StateName,
    number
  >;

/** Four digits where that many are known, else the error too. */
const known = (value: number, error: number) =>
  error < 5e-5 * Math.abs(value) ? short(value) : measured(value, error);

/** Why rho_+ is Dicke-like, in numbers: how far its spin is from that of the symmetric states. */
function finding({ result, parameters: { atoms } }: DocumentOf<'metastable'>) {
  const { plus, minus, errors } = result;
  const bound = Math.max(errors.phaseSpace!.plus.Pjm, errors.phaseSpace!.minus.Pjm);
  const spins = plus.Pj.map((_, b) => atoms / 2 - b);
  const rows = spins.map((j) => 2 * j + 1);
  /** Of an operator that is the same on all of a row: |Tr(O x)| <= |O| |x|. */
  const error = (of: readonly number[]) => bound * Math.sqrt(sum(of.map((value, b) => rows[b] * value ** 2)));
  const mean = (Pj: readonly number[]) => known(sum(Pj.map((p, b) => p * spins[b])), error(spins));
  const overlap = sum(plus.Pj.map((p, b) => Math.max(0, Math.min(p, minus.Pj[b]))));
  const top = spins.map((_, b) => (b < 2 ? 1 : 0));
  const inTopRows = (Pj: readonly number[]) => {
    const share = sum(Pj.slice(0, 2));
    return share < error(top) ? `less than ${short(2 * error(top))}` : known(share, error(top));
  };
  const means = html`mean ${notation('*j*')} is ${mean(plus.Pj)} in ${notation('*ρ*_+')} and ${mean(minus.Pj)} in
    ${notation('*ρ*_−')}, of ${notation('*N*/2')} = ${atoms / 2}`;
  return html`${overlap < 0.1 ? html`Switching is a switching of ${notation('*j*')}: ${means}.` : html`The ${means}.`}
    ${
      spins.length < 3
        ? nothing
        : html`In the two top rows, ${notation('*j* ≥ *N*/2 − 1')}, next to the symmetric states that Dicke’s atoms never leave,
            lies ${inTopRows(plus.Pj)} of ${notation('*ρ*_+')} and ${inTopRows(minus.Pj)} of
            ${notation('*ρ*_−')}.`
    }`;
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

declare global {
  interface HTMLElementTagNameMap {
    'state-pictures': StatePictures;
  }
}
