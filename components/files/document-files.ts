import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ResultDocument } from '../../src/experiments/experiment';
import { type ExportFile, exportFiles, exportSweep } from '../../src/results/export';
import { controlStyle } from '../shared/style';
import { download } from './download';
import { saveHdf5 } from './save-hdf5';

/** The files of a finished run or sweep: the whole documents, and its numbers as CSV, the same that the command line writes. */
@customElement('document-files')
export class DocumentFiles extends LitElement {
  static override styles = [
    controlStyle,
    css`
      :host {
        display: flex;
        gap: 8px;
      }
      details {
        position: relative;
      }
      summary {
        list-style: none;
      }
      summary::after {
        content: ' ▾';
      }
      summary::-webkit-details-marker {
        display: none;
      }
      ul {
        position: absolute;
        z-index: 150;
        right: 0;
        margin: 4px 0 0;
        padding: 6px;
        border: 1px solid var(--line-strong);
        border-radius: 8px;
        background: var(--surface);
        box-shadow: var(--shadow);
        list-style: none;
      }
      li button {
        width: 100%;
        border-color: transparent;
        text-align: left;
        white-space: nowrap;
      }
    `,
  ];

  /** empty while there is nothing to save */
  @property({ attribute: false }) documents: readonly ResultDocument[] = [];

  @state() private writing = false;
  @state() private failure = '';
  /** the menu is open: the files are made when someone looks */
  @state() private open = false;

  protected override render() {
    const [document] = this.documents;
    if (!document)
      return html`<button disabled>JSON</button> <button disabled>CSV</button> <button disabled>HDF5</button>`;
    const files = () => (this.documents.length > 1 ? exportSweep(this.documents) : exportFiles(document));
    const csv = this.open ? files().filter(({ type }) => type === 'text/csv') : [];
    return html`<button @click=${() => files().filter(isJson).forEach(save)}>JSON</button>
      <details
        @toggle=${(event: Event) => {
          this.open = (event.target as HTMLDetailsElement).open;
        }}
      >
        <summary class="button">CSV</summary>
        <ul>
          ${csv.map((file) => html`<li><button @click=${() => save(file)}>${file.name}</button></li>`)}
        </ul>
      </details>
      <button ?disabled=${this.writing} @click=${() => void this.saveHdf5()}>
        ${this.failure ? `HDF5 failed: ${this.failure}` : 'HDF5'}
      </button>`;
  }

  private async saveHdf5(): Promise<void> {
    this.writing = true;
    this.failure = '';
    try {
      const [{ command }, ...more] = this.documents;
      await saveHdf5(more.length > 0 ? `${command}-sweep.h5` : `${command}.h5`, this.documents);
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    }
    this.writing = false;
  }
}

const isJson = ({ type }: ExportFile) => type === 'application/json';
const save = ({ name, type, text }: ExportFile) => download(name, text, type);

declare global {
  interface HTMLElementTagNameMap {
    'document-files': DocumentFiles;
  }
}
