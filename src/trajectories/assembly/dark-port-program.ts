/** The dark port in the precision Real that it is compiled for. */

export * from './block-summary';
export * from './dark-port';
export * from './dark-port-modes';
export * from './ensemble';
