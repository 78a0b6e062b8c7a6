/**
 * A thread of a correction's iteration: it waits in WebAssembly for the first to call, until it is ended. Plain JavaScript for a worker of
 * a page, importing nothing, so that Node can start it from its text.
 */

// In a page the global is the worker itself.
globalThis.onmessage = (
  /** @type {{ data: import('./correction-threads').ToCorrectionWorker }} */ { data },
) => {
  const { exports } = new WebAssembly.Instance(data.module, { env: { memory: data.memory } });
  postMessage('ready');
  /** @type {(thread: number) => void} */ (exports.serve)(data.thread);
};
