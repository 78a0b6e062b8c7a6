import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ResultDocument } from '../../src/experiments/experiment';
import { type ExportFile, exportFiles, exportSweep } from '../../src/results/export';
import { controlStyle, menuStyle } from '../shared/style';
import './chosen-sheet';
import { download } from './download';
import { saveHdf5 } from './save-hdf5';

/** What a run made. */
export interface Results {
  readonly title: string;
  readonly documents: readonly ResultDocument[];
  /** what proves the one document */
  readonly certificate?: Uint8Array<ArrayBuffer> | null;
}

/** A menu of a section's files, run by run: the whole documents, and the numbers as CSV, the same that the command line writes. */
@customElement('document-files')
export class DocumentFiles extends LitElement {
  static override styles = [
    controlStyle,
    menuStyle,
    css`
      p {
        margin: 8px 0 4px;
        color: var(--text-soft);
      }
      ul {
        margin: 4px 0 0;
        padding: 0;
        list-style: none;
      }
    `,
  ];

  /** each with what it is of; none while there is nothing to save */
  @property({ attribute: false }) results: readonly Results[] = [];

  @state() private writing = false;
  @state() private failure = '';
  /** the files are made when someone looks */
  @state() private open = false;

  protected override render() {
    const saved = this.results.filter(({ documents }) => documents.length > 0);
    if (saved.length === 0) return html`<button disabled>Save</button>`;
    return html`<details
      class="menu"
      @toggle=${(event: Event) => {
        this.open = (event.target as HTMLDetailsElement).open;
      }}
    >
      <summary class="button">Save</summary>
      <div class="list">
        ${saved.map((results) => this.renderFiles(results))}
        <p>plots and pictures</p>
        <sheet-choice></sheet-choice>
      </div>
    </details>`;
  }

  private renderFiles({ title, documents, certificate = null }: Results) {
    const files = () => (documents.length > 1 ? exportSweep(documents) : exportFiles(documents[0]));
    const csv = this.open ? files().filter(({ type }) => type === 'text/csv') : [];
    return html`<div role="group" aria-label="Files of the ${title}">
      <p>${title}</p>
      <button @click=${() => files().filter(isJson).forEach(save)}>JSON</button>
      <button ?disabled=${this.writing} @click=${() => void this.saveHdf5(documents)}>
        ${this.failure ? `HDF5 failed: ${this.failure}` : 'HDF5'}
      </button>
      ${
        certificate === null
          ? nothing
          : html`<button @click=${() => download(`${documents[0].command}.proof`, new Blob([certificate]))}>
              Certificate
            </button>`
      }
      <ul>
        ${csv.map((file) => html`<li><button @click=${() => save(file)}>${file.name}</button></li>`)}
      </ul>
    </div>`;
  }

  private async saveHdf5(documents: readonly ResultDocument[]): Promise<void> {
    this.writing = true;
    this.failure = '';
    try {
      const [{ command }, ...more] = documents;
      await saveHdf5(more.length > 0 ? `${command}-sweep.h5` : `${command}.h5`, documents);
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
