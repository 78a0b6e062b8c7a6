/** Every struct that host and shaders share: whatever a file of the product declares and exports, in each of its sizes. */
import { shaders } from '../src/gpu/shaders';
import { Struct } from '../src/gpu/struct';
import { blockOf } from '../src/trajectories/dark-port-tables';

const texts = import.meta.glob<string>('../src/*/*.ts', { query: '?raw', import: 'default', eager: true });
const modules = import.meta.glob<Record<string, unknown>>('../src/*/*.ts');

/** The files that declare structs, by their paths. */
export const declaringFiles: ReadonlyMap<string, string> = new Map(
  Object.entries(texts).filter(
    ([path, text]) => text.includes('new Struct(') && !path.endsWith('/gpu/struct.ts'),
  ),
);

/** The dark port's programs are for so many modes, in four lanes or in one. */
const modes = [...shaders.keys()]
  .flatMap((name) => /^dark-port\/quad-(\d+)$/.exec(name)?.[1] ?? [])
  .map(Number);
const blocks = modes
  .flatMap((count) => [count / 4, count])
  .flatMap((components) => [3, 6, 9, 20, 23, 26].map((channels) => blockOf(components, channels)));

const exported = await Promise.all([...declaringFiles.keys()].map((path) => modules[path]()));
const declared = exported
  .flatMap((module) => Object.values(module))
  .filter((value) => value instanceof Struct);

export const sharedStructs: readonly Struct[] = [...declared, ...blocks];
