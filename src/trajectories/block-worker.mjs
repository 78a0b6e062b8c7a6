/**
 * A thread that walks blocks of trajectories: it knows neither physics nor layouts, only code to run and bytes to return.
 * Plain JavaScript for a worker of a page, importing nothing, so that Node can start it from its text.
 */

/** @typedef {import('./block-messages').ToBlockWorker} ToBlockWorker */
/** @typedef {import('./block-messages').FromBlockWorker} FromBlockWorker */
/** @typedef {Record<string, WebAssembly.Global> & { begin(): void, walk(last: number): number, summarise(count: number): void,
 *   beginBlock(low: number, high: number, count: number, records: number): void, stepsWalked(): number, alarmsRaised(): number }} Code */

/** Time between reports, ms. */
const reportEvery = 100;

/** @type {WebAssembly.Memory} */
let memory;
/** @type {Code} */
let code;
let slots = 0;

/** @param {FromBlockWorker} message @param {ArrayBuffer[]} [moved] */
const send = (message, moved = []) => postMessage(message, { transfer: moved });

/** @param {Extract<ToBlockWorker, { kind: 'code' }>['code']} given */
function take(given) {
  memory = new WebAssembly.Memory({ initial: given.pages });
  for (const { address, numbers } of given.tables) {
    const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
    new Uint8Array(memory.buffer).set(bytes, address);
  }
  const { exports } = new WebAssembly.Instance(given.module, { env: { memory } });
  code = /** @type {any} */ (exports);
  for (const [name, value] of Object.entries(given.globals)) {
    if (code[name] === undefined) throw new Error(`The code has no global ${name}.`);
    code[name].value = value;
  }
  slots = given.globals.slots;
}

/** @param {import('./block-program').Region} region */
function copy({ address, bytes, stride, count }) {
  const copied = new Uint8Array(bytes * count);
  for (let i = 0; i < count; i++) {
    copied.set(new Uint8Array(memory.buffer, address + i * stride, bytes), i * bytes);
  }
  return copied.buffer;
}

/** @param {Extract<ToBlockWorker, { kind: 'walk' }>} job */
function walk({ first: [low, high], count, records, regions }) {
  code.beginBlock(low, high, count, records);
  // Sample times between looks at the clock: of a long trajectory with few samples each may take seconds.
  const slotsAtOnce = Math.min(8, Math.ceil(slots / 64));
  let reported = performance.now();
  const walked = (/** @type {number} */ trajectories, /** @type {number} */ samples) => ({
    trajectories,
    samples,
    steps: code.stepsWalked() >>> 0,
    alarms: code.alarmsRaised() >>> 0,
  });
  for (let trajectory = 0; trajectory < count; trajectory++) {
    code.begin();
    for (let last = slotsAtOnce; !code.walk(last); last += slotsAtOnce) {
      if (performance.now() - reported < reportEvery) continue;
      reported = performance.now();
      send({ kind: 'walked', walked: walked(trajectory, trajectory * slots + last) });
    }
  }
  code.summarise(count);
  const copies = regions.map(copy);
  send({ kind: 'done', walked: walked(count, count * slots), regions: copies }, copies);
}

// In a page the global is the worker itself.
globalThis.onmessage = (/** @type {{ data: ToBlockWorker }} */ { data }) => {
  if (data.kind === 'code') take(data.code);
  else walk(data);
};
