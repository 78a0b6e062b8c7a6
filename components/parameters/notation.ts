/** Symbols set properly in HTML, from the markup of `src/drawing/notation.ts`. */
import { html, type TemplateResult } from 'lit';
import { pieces } from '../../src/drawing/notation';

/** The markup as HTML with real sub- and superscripts; style it by `notationStyle`. */
export function notation(markup: string): TemplateResult {
  return html`<span class="notation">${pieces(markup).map(({ text, italic, shift }) => {
    if (shift === 'sub') return html`<sub>${text}</sub>`;
    if (shift === 'sup') return html`<sup>${text}</sup>`;
    return italic ? html`<i>${text}</i>` : text;
  })}</span>`;
}
