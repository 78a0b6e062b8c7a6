import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Proof } from '../../src/proofs/verify';
import type { View } from '../parameters/view';
import { FollowRuns } from '../runs/follow-runs';
import type { Runs } from '../runs/runs';
import { controlStyle, notationStyle } from '../shared/style';
import { download } from './download';
import { holdsProof, provenBy, renderProof } from './opened-proof';
import { openFiles, refusalOf } from './opened-results';
import { saveHdf5 } from './save-hdf5';

/**
 * All results of the session in one file: JSON, a list of documents with those of a sweep as a list of their own, or HDF5, a group a document; and
 * any saved results opened, with the view that asks for them, and certificates checked. Fires `view-change` (detail: that View).
 */
@customElement('session-files')
export class SessionFiles extends LitElement {
  static override styles = [
    controlStyle,
    notationStyle,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px;
      }
      .proof ul {
        margin: 4px 0;
        padding-left: 1.2em;
      }
      button {
        min-height: 28px;
      }
    `,
  ];

  @property({ attribute: false }) runs!: Runs;
  @property({ attribute: false }) view!: View;
  @state() private failure = '';
  @state() private proofs: readonly Proof[] = [];
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
        accept=".json,application/json,.proof"
        aria-label="Saved results to open"
        multiple
        hidden
        @change=${() => void this.open()}
      />
      <button aria-label="Clear all results" @click=${() => void this.clear()}>Clear</button>
      <div role="status">${this.failure}${this.proofs.map(renderProof)}</div>`;
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
    this.proofs = [];
    try {
      const proving = await Promise.all(files.map(holdsProof));
      const results = files.filter((_, i) => !proving[i]);
      for (const file of files.filter((_, i) => proving[i])) await this.check(file);
      if (results.length === 0) return;
      await openFiles(results, this.view, this.runs, (detail) =>
        this.dispatchEvent(new CustomEvent('view-change', { detail })),
      );
    } catch (error) {
      this.failure = refusalOf(error);
    }
  }

  private async check(file: File): Promise<void> {
    try {
      this.proofs = [...this.proofs, await provenBy(file)];
    } catch (error) {
      throw new Error(`${file.name} proves nothing. ${(error as Error).message}`, { cause: error });
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
