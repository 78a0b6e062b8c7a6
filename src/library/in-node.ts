/** The library in Node, without its GPU and files: `dicke-bistability-lab`. */
export * from './common';
export { run } from './run-in-node';
