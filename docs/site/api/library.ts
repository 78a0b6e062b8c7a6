/**
 * The library wherever it runs, on the CPU.
 *
 * @module dicke-bistability-lab
 */
export * from '../../../src/library/in-page';
