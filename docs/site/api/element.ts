/**
 * The lab and its panels as custom elements.
 *
 * @module dicke-bistability-lab/element
 */
export * from '../../../src/library/element';
