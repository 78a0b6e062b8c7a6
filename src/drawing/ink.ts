/** Colours by meaning: `palettes` has each, for light and dark. */
export type Ink = 'lower' | 'upper' | 'unstable' | 'mean' | 'trace' | 'exact' | 'guide';
