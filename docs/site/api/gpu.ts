/**
 * Runs on a WebGPU device of yours.
 *
 * @module dicke-bistability-lab/gpu
 */
export * from '../../../src/library/gpu-in-page';
