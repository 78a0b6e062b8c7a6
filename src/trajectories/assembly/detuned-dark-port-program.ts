/** The dark port off resonance in the precision Real that it is compiled for. */

export * from './block-summary';
export * from './dark-port-modes';
export * from './detuned-dark-port';
export * from './ensemble';
