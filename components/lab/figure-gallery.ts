import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { PlotSpec } from '../../src/drawing/plot-spec';
import { estimate } from '../../src/experiments/cost';
import { paperNumbers } from '../../src/figures/paper-numbers';
import { keysOf } from '../../src/parameters/options';
import { BEYOND_THE_PAPER, PRESETS, type Preset, type PresetName } from '../../src/parameters/presets';
import { notation } from '../parameters/notation';
import { rememberedPaces } from '../runs/pace-memory';
import { duration } from '../runs/run-status';
import { controlStyle, notationStyle } from '../shared/style';
import { figureRequests } from './figures';
import { currentPalette } from './theme';
import { thumbnailImage } from './thumbnail';
import thumbnails from './thumbnails.json';

/** As the paper has them: an object's keys that are whole numbers come first. */
const inOrder = keysOf(PRESETS).toSorted((a, b) => (a < b ? -1 : 1));

interface Thumbnail {
  readonly plot: PlotSpec;
  /** by the order of the figure's `numbers` */
  readonly ours: readonly string[];
}

/** The paper's figures, and systems beyond it, as pictures to choose from. Fires `figure` (detail: its name) and closes. */
@customElement('figure-gallery')
export class FigureGallery extends LitElement {
  static override styles = [
    controlStyle,
    notationStyle,
    css`
      dialog {
        width: min(1180px, 94vw);
        max-height: 90vh;
        padding: 18px 24px 24px;
        border: 1px solid var(--line-strong);
        border-radius: 12px;
        background: var(--bg);
        color: var(--text);
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 45%);
      }
      header {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
      }
      h2 {
        margin: 0;
        font-size: 1.16rem;
      }
      h3 {
        margin: 16px 0 8px;
        font-size: 1rem;
      }
      .cards {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(215px, 1fr));
        gap: 14px;
      }
      .card {
        display: grid;
        grid-template-rows: auto auto 1fr auto;
        gap: 4px;
        padding: 10px 12px;
        border-color: var(--line);
        background: var(--surface);
        text-align: left;
      }
      img {
        width: 100%;
        height: auto;
        border-bottom: 1px solid var(--line);
      }
      b {
        font-size: 0.95rem;
      }
      .said,
      .cost {
        font-size: 0.82rem;
        color: var(--text-soft);
      }
      .numbers {
        font-size: 0.82rem;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  protected override render() {
    return html`<dialog aria-labelledby="title">
      <header>
        <h2 id="title">The paper’s figures</h2>
        <button @click=${() => this.dialog.close()}>Close</button>
      </header>
      <p class="said">Each sets its parameters and runs what it needs here, on your machine.</p>
      <div class="cards">${inOrder.map((name) => this.renderCard(name, `Figure ${name}`, PRESETS[name]))}</div>
      <h3>Beyond the paper</h3>
      <div class="cards">
        ${keysOf(BEYOND_THE_PAPER).map((name) => {
          const [title] = BEYOND_THE_PAPER[name].description.split(':');
          return this.renderCard(name, title, BEYOND_THE_PAPER[name]);
        })}
      </div>
    </dialog>`;
  }

  private renderCard(name: PresetName, title: string, { description }: Preset) {
    const { plot, ours } = (thumbnails as Record<string, Thumbnail>)[name];
    return html`<button class="card" @click=${() => this.choose(name)}>
      <img src=${thumbnailImage(plot, currentPalette())} alt="" width="240" height="150" />
      <b>${title}</b>
      <span class="said">${description}</span>
      ${paperNumbers(name).map(
        ({ symbol, paper }, i) =>
          html`<span class="numbers">${notation(symbol)}: the paper ${paper}, here ${ours[i]}</span>`,
      )}
      <span class="cost">${costOf(name)}</span>
    </button>`;
  }

  private get dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  async show(): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.dialog.showModal();
  }

  private choose(name: PresetName): void {
    this.dialog.close();
    this.dispatchEvent(new CustomEvent('figure', { detail: name }));
  }
}

/** Between what times it will most likely take. */
function costOf(name: PresetName): string {
  const requests = figureRequests(name);
  if (requests.length === 0) return 'at once';
  const [least, most] = estimate(requests, rememberedPaces()).range.map(duration);
  return least === most ? least : `${least} to ${most}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'figure-gallery': FigureGallery;
  }
}
