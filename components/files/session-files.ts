import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { View } from '../parameters/view';
import { FollowRuns } from '../runs/follow-runs';
import type { Runs } from '../runs/runs';
import { controlStyle } from '../shared/style';
import { download } from './download';
import { openFiles, refusalOf } from './opened-results';
import { saveHdf5 } from './save-hdf5';

/**
 * All results of the session in one file: JSON, a list of documents with those of a sweep as a list of their own, or HDF5, a group a document; and
 * any saved results opened, with the view that asks for them. Fires `view-change` (detail: that View).
 */
@customElement('session-files')
export class SessionFiles extends LitElement {
  static override styles = [
    controlStyle,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 6px;
      }
      button {
        min-height: 28px;
      }
    `,
  ];

  @property({ attribute: false }) runs!: Runs;
  @property({ attribute: false }) view!: View;
  @state() private failure = '';
  @query('input') private input!: HTMLInputElement;

  constructor() {
    super();
    new FollowRuns(this, () => this.runs);
  }

  protected override render() {
    const { documents } = this.runs;
    const empty = documents.length === 0;
    return html`<span>All results</span>
      <button
        aria-label="All results as JSON"
        ?disabled=${empty}
        @click=${() => download('session.json', `${JSON.stringify(this.runs.saved)}\n`, 'application/json')}
      >
        JSON
      </button>
      <button aria-label="All results as HDF5" ?disabled=${empty} @click=${() => void this.save()}>HDF5</button>
      <button aria-label="Open saved results" @click=${() => this.input.click()}>Open …</button>
      <input
        type="file"
        accept=".json,application/json"
        aria-label="Saved results to open"
        multiple
        hidden
        @change=${() => void this.open()}
      />
      <button aria-label="Clear all results" @click=${() => void this.clear()}>Clear</button>
      <span role="status">${this.failure}</span>`;
  }

  /** Forgets the results, here and where the browser keeps them. */
  private async clear(): Promise<void> {
    // There is no way back from here.
    if (!confirm('Forget all results? What is not saved as a file is lost.')) return;
    this.failure = '';
    try {
      await this.runs.clear();
    } catch (error) {
      this.failure = `Not cleared in the browser: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  private async open(): Promise<void> {
    this.failure = '';
    const files = [...(this.input.files ?? [])];
    // The same file can be chosen again.
    this.input.value = '';
    try {
      await openFiles(files, this.view, this.runs, (detail) =>
        this.dispatchEvent(new CustomEvent('view-change', { detail })),
      );
    } catch (error) {
      this.failure = refusalOf(error);
    }
  }

  private async save(): Promise<void> {
    this.failure = '';
    try {
      await saveHdf5('session.h5', this.runs.documents);
    } catch (error) {
      this.failure = `HDF5 failed: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'session-files': SessionFiles;
  }
}
