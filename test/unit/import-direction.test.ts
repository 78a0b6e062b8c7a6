/**
 * Physics at the bottom, faces at the top, imports only downwards; and what computes knows neither the page
 * nor Node, so that it runs alike in a worker, in a page and under Dawn.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync, Visitor } from 'vite';
import { expect, test } from 'vitest';

/** From the bottom up. Folders of one line do not import one another, except the faces. */
const layers = [
  ['src/parameters', 'src/drawing'],
  ['src/operators'],
  ['src/mean-field', 'src/twin', 'src/proofs'],
  ['src/gpu'],
  ['src/liouvillian', 'src/trajectories'],
  ['src/statistics'],
  ['src/experiments'],
  ['src/results'],
  ['src/figures'],
  ['components', 'src/command-line', 'src/library', 'src/page'],
];
const faces = layers[layers.length - 1];
/** What only a page or only Node has. */
const surroundings = ['document', 'window', 'process'];

const root = join(import.meta.dirname, '..', '..');
const layerOf = (folder: string) => layers.findIndex((layer) => layer.includes(folder));
const folderOf = (file: string) => /^(src\/)?[^/]+/.exec(file)?.[0] ?? '';

interface SourceFile {
  file: string;
  folder: string;
  /** what is imported, as written */
  imports: string[];
  /** those of them that are there before any of its code runs: neither types nor `import()` */
  statics: string[];
  /** names that stand free: neither properties nor the file's own variables and arguments */
  names: Set<string>;
}

function read(file: string): SourceFile {
  const { program, module, errors } = parseSync(file, readFileSync(join(root, file), 'utf8'));
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const imports = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
  ];
  const statics = [
    // A type alone leaves nothing to import; an import without names is there for its effect.
    ...module.staticImports
      .filter(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
      .map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) => (isType ? [] : (moduleRequest?.value ?? []))),
    ),
  ];
  const names = new Set<string>();
  const properties = new Set<unknown>();
  const own = new Set<string>();
  const bind = (pattern: { type: string; name?: unknown }) => {
    if (pattern.type === 'Identifier') own.add(String(pattern.name));
  };
  new Visitor({
    ImportExpression: ({ source }) => {
      if (source.type === 'Literal') imports.push(String(source.value));
    },
    NewExpression: ({ callee, arguments: [first] }) => {
      // new URL('./worker.ts', import.meta.url) is how a worker is imported
      if (callee.type === 'Identifier' && callee.name === 'URL' && first?.type === 'Literal')
        imports.push(String(first.value));
    },
    MemberExpression: ({ computed, property }) => {
      if (!computed) properties.add(property);
    },
    Property: ({ computed, shorthand, key }) => {
      if (!computed && !shorthand) properties.add(key);
    },
    TSPropertySignature: ({ key }) => {
      properties.add(key);
    },
    VariableDeclarator: ({ id }) => bind(id),
    FunctionDeclaration: ({ params }) => params.forEach(bind),
    ArrowFunctionExpression: ({ params }) => params.forEach(bind),
    'Identifier:exit': (node) => {
      if (!properties.has(node)) names.add(node.name);
    },
  }).visit(program);
  for (const name of own) names.delete(name);
  return { file, folder: folderOf(file), imports, statics, names };
}

const files = ['src', 'components']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  )
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.(ts|mjs)$/.test(file))
  .map(read);
const compute = files.filter(({ folder }) => !faces.includes(folder));

/** Whether the import leads to its own folder, to a lower one, or out of src/ and components/. */
function allowed({ file, folder }: SourceFile, specifier: string): boolean {
  if (!specifier.startsWith('.')) return true;
  const path = posix.join(posix.dirname(file), specifier);
  if (!/^(src|components)\//.test(path)) return true;
  const target = folderOf(path);
  return (
    target === folder ||
    (faces.includes(folder) && faces.includes(target)) ||
    layerOf(target) < layerOf(folder)
  );
}

test('every folder has its layer', () => {
  expect(files.filter(({ folder }) => layerOf(folder) < 0).map(({ file }) => file)).toEqual([]);
});

test('imports lead only downwards', () => {
  const wrong = files.flatMap((source) =>
    source.imports
      .filter((specifier) => !allowed(source, specifier))
      .map((specifier) => `${source.file} imports ${specifier}`),
  );
  expect(wrong).toEqual([]);
});

/** The files of src/ and components/ that a file imports as `specifiers`. */
function filesOf(file: string, specifiers: readonly string[]): readonly string[] {
  const paths = specifiers.map((specifier) => posix.join(posix.dirname(file), specifier));
  return paths.flatMap(
    (path) => files.find((other) => [path, `${path}.ts`].includes(other.file))?.file ?? [],
  );
}

/** ... for their types alone too. */
const imported = new Map(files.map(({ file, imports }) => [file, filesOf(file, imports)]));

/** A way from the file through its imports to the file that it begins with. */
function circle(way: readonly string[], done: Set<string>): readonly string[] | null {
  const last = way[way.length - 1];
  if (way.indexOf(last) < way.length - 1) return way.slice(way.indexOf(last));
  if (done.has(last)) return null;
  for (const next of imported.get(last) ?? []) {
    const found = circle([...way, next], done);
    if (found !== null) return found;
  }
  done.add(last);
  return null;
}

test('no file imports itself by way of others', () => {
  const done = new Set<string>();
  const circles = files.map(({ file }) => circle([file], done)).filter((found) => found !== null);
  expect(circles).toEqual([]);
});

/** Where all the heavy computation is: the worker loads it when there is something to run. */
const engines = ['src/twin', 'src/gpu', 'src/liouvillian', 'src/trajectories'];
/** What is plain in them: who may be asked for a GPU, and tables of what is recorded. */
const plain = [
  'src/gpu/gpu.ts',
  'src/trajectories/block-messages.ts',
  'src/trajectories/observables.ts',
  'src/trajectories/record.ts',
  'src/trajectories/unraveling-facts.ts',
];

test('the faces hold no engine: what they import is plain', () => {
  const statics = new Map(files.map(({ file, statics }) => [file, filesOf(file, statics)]));
  // The worker alone computes, and it too holds no more than the device before a run.
  const held = new Set(files.filter(({ folder }) => faces.includes(folder)).map(({ file }) => file));
  for (const file of held) for (const next of statics.get(file) ?? []) held.add(next);
  expect(held).toContain('src/experiments/registry.ts');
  expect([...held].filter((file) => engines.includes(folderOf(file))).sort()).toEqual(plain);
});

test('what computes knows neither the page nor Node', () => {
  const wrong = compute.flatMap(({ file, imports, names }) =>
    [
      ...imports.filter((specifier) => specifier.startsWith('node:')),
      ...surroundings.filter((name) => names.has(name)),
    ].map((name) => `${file} uses ${name}`),
  );
  expect(wrong).toEqual([]);
});

test('a build needs no more than what the command line is installed with', () => {
  const packages = ['package.json', 'build/package.json'].flatMap((file) =>
    Object.keys(JSON.parse(readFileSync(join(root, file), 'utf8')).dependencies),
  );
  const reached = new Set(['vite.config.ts']);
  for (const file of reached) {
    // Vite takes into the configuration what it imports later, too.
    const later = readFileSync(join(root, file), 'utf8').matchAll(/import\('([^']+)'\)/g);
    for (const name of [...read(file).statics, ...[...later].map(([, name]) => name)]) {
      if (name.startsWith('.')) reached.add(posix.join(posix.dirname(file), name));
      else if (!name.startsWith('node:')) expect(packages, `${file}: ${name}`).toContain(name.split('/')[0]);
    }
  }
  expect([...reached]).toContain('test/slow-first.ts');
});
