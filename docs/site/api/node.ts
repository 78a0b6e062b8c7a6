/**
 * Runs as the command line does them, and files.
 *
 * @module dicke-bistability-lab/node
 */
export * from '../../../src/library/node';
