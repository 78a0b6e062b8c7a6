/**
 * Symbols set properly from one short markup, wherever they stand: HTML, SVG or plain text.
 * `*x*` is italic (a quantity), `_a` or `_{ab}` a subscript, `^2` or `^{-1}` a superscript.
 * Examples: `⟨*S*_z⟩`, `*γ*_{1D}`.
 */

export interface Piece {
  readonly text: string;
  readonly italic: boolean;
  readonly shift: 'none' | 'sub' | 'sup';
}

const token = /\*([^*]+)\*|_\{([^}]+)\}|_(.)|\^\{([^}]+)\}|\^(.)|([^*_^]+)/gu;

/** Splits markup into pieces of one style each. */
export function pieces(markup: string): Piece[] {
  return [...markup.matchAll(token)].map(([, italic, longSub, sub, longSup, sup, plain]) => ({
    text: italic ?? longSub ?? sub ?? longSup ?? sup ?? plain ?? '',
    italic: italic !== undefined,
    shift: (longSub ?? sub) ? 'sub' : (longSup ?? sup) ? 'sup' : 'none',
  }));
}

/** The markup as plain text, for names read aloud and for columns of a table: `Ω/Ω_c`. */
export function plainNotation(markup: string): string {
  return pieces(markup)
    .map(({ text, shift }) => (shift === 'sub' ? `_${text}` : shift === 'sup' ? `^${text}` : text))
    .join('');
}

/** The markup at its spaces; those within one quantity stay. */
export const words = (markup: string): string[] =>
  markup.match(/(?:\*[^*]+\*|_\{[^}]+\}|\^\{[^}]+\}|[^ ])+/gu) ?? [];

const serif = 'STIX Two Text, Cambria, Georgia, Liberation Serif, serif';

/** The markup as the children of an SVG `<text>`. */
export function svgNotation(markup: string, fontSize: number): string {
  const drop = 0.28 * fontSize;
  let baseline = 0;
  return pieces(markup)
    .map(({ text, italic, shift }) => {
      const wanted = shift === 'sub' ? drop : shift === 'sup' ? -1.3 * drop : 0;
      const dy = wanted - baseline;
      baseline = wanted;
      const size = shift === 'none' ? fontSize : 0.72 * fontSize;
      const face = italic ? ` font-style="italic" font-family="${serif}"` : '';
      return `<tspan dy="${dy.toFixed(2)}" font-size="${size.toFixed(1)}"${face}>${escapeXml(text)}</tspan>`;
    })
    .join('');
}

/** The markup as HTML, for a page that no component sets. */
export const htmlNotation = (markup: string): string =>
  pieces(markup)
    .map(({ text, italic, shift }) => {
      const tag = shift === 'none' ? (italic ? 'i' : null) : shift;
      return tag === null ? escapeXml(text) : `<${tag}>${escapeXml(text)}</${tag}>`;
    })
    .join('');

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
