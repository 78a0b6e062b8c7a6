/** The library in a page: `dicke-bistability-lab`. */
export * from './common';
export { run } from './run-in-page';
