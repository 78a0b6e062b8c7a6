/** In place of src/page/threads.ts. */
export { nodeThreads as pageThreads } from '../../src/command-line/threads';
