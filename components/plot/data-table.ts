/** A picture's numbers as a table, folded until somebody opens it. */
import { html, nothing, type ReactiveControllerHost } from 'lit';
import { short } from '../../src/drawing/number';
import type { Table } from '../../src/drawing/plot-table';

/** Rows of the table shown on the page, fewer where they are wide; the CSV has all. */
const shownRowsOf = ({ columns }: Table) => Math.min(300, Math.max(20, Math.floor(4000 / columns.length)));

/** What a picture folds its table in. */
export class TableFold {
  private isOpen = false;

  constructor(private readonly host: ReactiveControllerHost) {}

  /** @param table is made once it is open */
  render(table: () => unknown) {
    return html`<details
      class="table"
      @toggle=${(event: Event) => {
        this.isOpen = (event.target as HTMLDetailsElement).open;
        this.host.requestUpdate();
      }}
    >
      <summary>Data table</summary>
      ${this.isOpen ? table() : nothing}
    </details>`;
  }
}

export function dataTable(title: string, table: Table) {
  const { columns, rows } = table;
  const shownRows = shownRowsOf(table);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Data of: ${title}">
    <table>
      <caption class="hidden">${title}</caption>
      <thead>
        <tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr>
      </thead>
      <tbody>
        ${rows
          .slice(0, shownRows)
          .map(
            (row) =>
              html`<tr>${row.map((value) => html`<td>${value === null ? '' : short(value)}</td>`)}</tr>`,
          )}
      </tbody>
    </table>
    ${rows.length > shownRows ? html`<p>The first ${shownRows} of ${rows.length} rows; the CSV has all.</p>` : nothing}
  </div>`;
}
