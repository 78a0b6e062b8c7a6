/** Diffusion in the precision Real that it is compiled for. */

export * from './block-summary';
export * from './diffusion';
export * from './ensemble';
export * from './photodetection';
export * from './photon-counting';
