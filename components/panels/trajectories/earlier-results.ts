import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { type Ensemble, ensembleRequest, openFiles, refusalOf } from '../../files/opened-results';
import type { View } from '../../parameters/view';
import { isActive, type Runs } from '../../runs/runs';
import { controlStyle } from '../../shared/style';

/**
 * Goes on from an ensemble that is there, and opens saved ones: one to see and go on from, several to merge; of a session everything. Fires
 * `view-change` (detail: the View of what was opened).
 */
@customElement('earlier-results')
export class EarlierResults extends LitElement {
  static override styles = [
    controlStyle,
    css`
      :host {
        display: contents;
      }
      p {
        flex-basis: 100%;
        margin: 0;
        color: var(--bad);
        font-size: 0.88rem;
      }
    `,
  ];

  @property({ attribute: false }) view!: View;
  @property({ attribute: false }) runs!: Runs;
  /** what the panel shows, or nothing yet */
  @property({ attribute: false }) ensemble: Ensemble | undefined;
  /** why nothing can be run now, or empty */
  @property() obstacle = '';

  @state() private failure = '';
  @query('input') private input!: HTMLInputElement;

  protected override render() {
    return html`${this.renderGoOn()}
      <button ?disabled=${isActive(this.runs.of('ensemble'))} @click=${() => this.input.click()}>Open …</button>
      <input
        type="file"
        accept=".json,application/json"
        aria-label="Results of trajectories to open"
        multiple
        hidden
        @change=${() => void this.open()}
      />
      ${this.failure ? html`<p role="alert">${this.failure}</p>` : nothing}`;
  }

  /** There is an ensemble of one seed, and more trajectories are asked for than it has. */
  private renderGoOn() {
    const { ensemble } = this;
    const count = Number(this.view.values.count);
    const more = ensemble?.result.series && ensemble.result.seed !== null && count > ensemble.result.count;
    if (!more || this.obstacle !== '' || isActive(this.runs.of('ensemble'))) return nothing;
    return html`<button @click=${() => this.goOn(ensemble, count)}>
      Go on to ${count.toLocaleString('en')}
    </button>`;
  }

  private goOn(document: Ensemble, count: number): void {
    const request = {
      command: 'trajectories',
      system: {},
      options: { resume: { name: 'the ensemble shown', document }, count },
    };
    const [made] = this.runs.of('ensemble')?.requests ?? [ensembleRequest(this.view)];
    const shown = { ...made, options: { ...made.options, count: this.view.values.count } };
    void this.runs.start('ensemble', [request], { requests: [shown], documents: [document] });
  }

  private async open(): Promise<void> {
    this.failure = '';
    const files = [...(this.input.files ?? [])];
    // The same file can be chosen again.
    this.input.value = '';
    try {
      await openFiles(files, this.view, this.runs, (view) => this.changeView(view), 'trajectories');
    } catch (error) {
      this.failure = refusalOf(error);
    }
  }

  private changeView(view: View): void {
    this.dispatchEvent(new CustomEvent('view-change', { detail: view, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'earlier-results': EarlierResults;
  }
}
