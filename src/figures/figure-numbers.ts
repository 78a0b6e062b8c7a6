/** The paper's figures by the numbers that it prints: which there are, and which panels each has. */

/** In the paper's order. */
export const panelNumbers = [
  ...(['1b', '2a', '2b', '2c', '2d', '3a', '3b', '3c', '3d', '4a', '4b', '4c'] as const),
  ...(['S1a', 'S1b', 'S1c', 'S2a', 'S2b', 'S2c', 'S3a', 'S3b', 'S4'] as const),
] as const;
export type PanelNumber = (typeof panelNumbers)[number];

/** What of the paper's figures holds no number. */
export const sketches: Readonly<Record<string, string>> = {
  '1a': 'a drawing of the atoms in their cavity',
};

/** `2` of `2d`; S4 has no panels. */
const wholeOf = (panel: string) => panel.replace(/[a-z]$/, '');

/** Stands for all of them. */
export const everything = 'all';

/** Whatever may be asked for. */
export const figureNames: readonly string[] = [
  ...new Set([...panelNumbers, ...panelNumbers.map(wholeOf), everything]),
];

/**
 * The panels of a number: of one, of a whole figure, or of `all`.
 * @returns in words why there are none, where that is so
 */
export function panelsOf(figure: string): readonly PanelNumber[] | string {
  if (Object.hasOwn(sketches, figure)) return `it is ${sketches[figure]} and holds no numbers to compute`;
  const found = panelNumbers.filter((panel) => [panel, wholeOf(panel), everything].includes(figure));
  return found.length > 0 ? found : `the paper has none of that number; there are ${figureNames.join(', ')}`;
}
