/** In place of test/gpu/in-page.ts: runs functions of test modules in this process, on the GPU that Dawn finds. */
import { pathToFileURL } from 'node:url';
import { create, globals } from 'webgpu';

Object.assign(globalThis, globals);
const flags = process.env.DAWN_FLAGS?.split(' ') ?? [];
Object.defineProperty(globalThis, 'navigator', { value: { gpu: create(flags) }, configurable: true });

/** Dawn asks the GPU for news in an immediate after an immediate, which keeps a core busy for as long as it waits: each millisecond will do. */
Object.assign(globalThis, { setImmediate: (look: () => void) => setTimeout(look, 1) });

/** As JSON has it: what does not cross to a page does not reach the test from here either. */
const copied = <Value>(value: Value): Value =>
  value === undefined ? value : JSON.parse(JSON.stringify(value));

export async function inPage<Result>(module: string, name: string, ...args: unknown[]): Promise<Result> {
  const exported = await import(pathToFileURL(`${process.cwd()}/${module}`).href);
  return copied(await exported[name](...copied(args)));
}
