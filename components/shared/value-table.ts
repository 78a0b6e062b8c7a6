import { html } from 'lit';
import { notation } from '../parameters/notation';

/**
 * A table of numbers, as wide as it needs to be.
 * @param columns in the markup of `notation`
 * @param rows each begins with what it is of, in the same markup where it is a text
 */
export const valueTable = (
  name: string,
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
) => html`<div class="over" tabindex="0" role="region" aria-label=${name}>
  <table class="values">
    <thead>
      <tr>
        ${columns.map((column) => html`<th scope="col">${notation(column)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([of, ...values]) =>
          html`<tr>
            <th scope="row">${typeof of === 'string' ? notation(of) : of}</th>
            ${values.map((value) => html`<td>${value}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>
</div>`;
