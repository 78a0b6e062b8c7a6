/** Colours by meaning: `palettes` has each, for light and dark. */
export const inks = ['lower', 'upper', 'unstable', 'mean', 'trace', 'exact', 'guide'] as const;
export type Ink = (typeof inks)[number];
