/** Documents as a slip, a script or malice alters them, each told by how. */
import fc from 'fast-check';

export type Tree = unknown;
type Path = readonly (string | number)[];

export interface Mutation {
  readonly how: string;
  readonly document: Tree;
}

const isNode = (value: Tree): value is Record<string, Tree> => typeof value === 'object' && value !== null;

/** Every node has its chance, whatever hangs below its neighbours: long lists do not crowd out the rest. */
function somewhere(tree: Tree, choices: readonly number[]): Path {
  const path: (string | number)[] = [];
  let node = tree;
  for (const choice of choices) {
    if (!isNode(node)) break;
    const keys = Object.keys(node);
    if (keys.length === 0) break;
    const key = keys[Math.floor(choice * keys.length)];
    path.push(Array.isArray(node) ? Number(key) : key);
    node = node[key];
  }
  return path;
}

const at = (tree: Tree, path: Path): Tree =>
  path.reduce((node, key) => (node as Record<string | number, Tree>)[key], tree);

/** With the holder of what lies at the path changed in place, in a copy. */
function changed(tree: Tree, path: Path, change: (holder: Record<string, Tree>, key: string) => void): Tree {
  const copy = structuredClone(tree);
  change(at(copy, path.slice(0, -1)) as Record<string, Tree>, String(path.at(-1)));
  return copy;
}

const strange: readonly Tree[] = [
  ...[0, 1, -1, 1e9, 1e-9, 0.5, 1e308, 2 ** 53],
  ...['', '0', 'a', null, true, false, [], {}, [null], { value: 1 }],
];
const numeric: readonly ((x: number) => number)[] = [
  ...[(x: number) => -x, (x: number) => x + 1, (x: number) => x * 2, (x: number) => x / 10],
  (x) => x * (1 + 2 ** -52) + Number.MIN_VALUE,
];

const remove = (holder: Record<string, Tree>, key: string) => {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
};

/** A change somewhere in the document, half of the time in its result. */
export function mutationOf(document: Tree): fc.Arbitrary<Mutation> {
  const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const choices = fc.array(share, { minLength: 1, maxLength: 9 });
  const path = fc.record({ choices, inResult: fc.boolean() }).map(({ choices, inResult }): Path => {
    const inside = (document as { result: Tree }).result;
    return inResult ? ['result', ...somewhere(inside, choices)] : somewhere(document, choices);
  });
  const mutation = (
    what: string,
    place: Path,
    change: (holder: Record<string, Tree>, key: string) => void,
  ) => {
    const how = `${what} at ${place.join('.')}`;
    return { how, document: changed(document, place, change), [fc.toStringMethod]: () => how };
  };
  return fc.oneof(
    fc.tuple(path, fc.constantFrom(...strange)).map(([place, value]) =>
      mutation(JSON.stringify(value), place, (holder, key) => {
        holder[key] = structuredClone(value);
      }),
    ),
    fc.tuple(path, fc.constantFrom(...numeric)).map(([place, change]) =>
      mutation('another number', place, (holder, key) => {
        const value = holder[key];
        if (typeof value === 'number') holder[key] = change(value);
      }),
    ),
    path.map((place) => mutation('nothing', place, remove)),
    path.map((place) =>
      mutation('one more', place, (holder, key) => {
        if (Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)]));
        else holder[`${key}2`] = structuredClone(holder[key]);
      }),
    ),
    fc.tuple(path, path).map(([to, from]) =>
      mutation(`what is at ${from.join('.')}`, to, (holder, key) => {
        holder[key] = structuredClone(at(document, from));
      }),
    ),
  );
}

/** The same document in other words: keys in another order, other spaces. */
export function reworded(value: Tree, turn: number): Tree {
  if (Array.isArray(value)) return value.map((entry) => reworded(entry, turn));
  if (!isNode(value)) return value;
  const entries = Object.entries(value).map(([name, of]) => [name, reworded(of, turn)] as const);
  return Object.fromEntries([
    ...entries.slice(turn % entries.length),
    ...entries.slice(0, turn % entries.length),
  ]);
}
