import { expect, describe as group, test } from 'vitest';
import { codeOf, describe, link } from '../../src/gpu/link';
import { shaders } from '../../src/gpu/shaders';
import { declaringFiles, sharedStructs } from '../shared-structs';

const files: Readonly<Record<string, string>> = {
  both: '#import "left"\n#import "right"\n\nfn both() {}',
  left: '#import "shared"\n\nfn left() {}',
  right: '#import "shared"\n\nfn right() {}',
  shared: 'const shared = 1u;',
  lost: 'const a = 1u;\n#import "nowhere"',
  odd: '\n#include "left"',
};
const linked = (name: string) => link(name, 'const host = 1u;', (file) => files[file]);

test('a program has each file that it imports once, and the declarations of the host', () => {
  expect(codeOf(linked('both')).split('\n').filter(Boolean)).toEqual([
    'const shared = 1u;',
    'fn left() {}',
    'fn right() {}',
    'fn both() {}',
    'const host = 1u;',
  ]);
});

test('an import that leads nowhere, and any other line with #, is an error that names its file and line', () => {
  expect(() => linked('lost')).toThrow('shaders/lost.wgsl:2: there is no shaders/nowhere.wgsl.');
  expect(() => linked('odd')).toThrow(
    'shaders/odd.wgsl:2: a line with # is #import "name", not #include "left"',
  );
  expect(() => linked('none')).toThrow('A kernel: there is no shaders/none.wgsl.');
});

test('an error is reported under the line of its own file', () => {
  const program = linked('both');
  const lineNum = codeOf(program).split('\n').indexOf('fn right() {}') + 1;
  const error = { lineNum, linePos: 4, message: 'no such thing' } as GPUCompilationMessage;
  expect(describe(program, [error])).toBe('shaders/right.wgsl:3:4: no such thing\n  fn right() {}\n     ^');
});

/** Types of the buffers that shaders bind, arrays by their elements. */
function bufferTypes(text: string): string[] {
  const bindings = text.matchAll(/var<(?:uniform|storage)[^>]*> \w+: (?:array<)?(\w+)/g);
  return [...bindings].map(([, type]) => type);
}

test('every struct with a name is exported, so that none is left out of those held against the shaders', () => {
  expect(declaringFiles.size).toBeGreaterThan(5);
  for (const [file, text] of declaringFiles) {
    const named = [...text.matchAll(/(export )?const (\w+) =\s*(\(.*\) =>\s*)?new Struct\(/g)];
    expect(
      named.filter(([, exported]) => !exported).map(([, , name]) => name),
      file,
    ).toEqual([]);
    const families = named.filter(([, , , parameters]) => parameters).map(([, , name]) => name);
    expect(families, file).toEqual(file.endsWith('/dark-port-tables.ts') ? ['blockOf'] : []);
  }
});

test('each struct in a buffer is one that the host declares, and all of those are in buffers', () => {
  const plain = ['u32', 'f32', 'vec2f', 'vec4u', 'Columns', 'Amplitude'];
  const types = [...shaders.values()].flatMap(bufferTypes).filter((type) => !plain.includes(type));
  const declared = sharedStructs.map(({ name }) => name);
  expect([...new Set(types)].sort()).toEqual([...new Set(declared)].sort());
  for (const text of shaders.values())
    expect(text).not.toMatch(new RegExp(`struct (${declared.join('|')})\\b`));
});

/** Every shader's code without its comments. */
const code = [...shaders.values()].join('\n').replaceAll(/\/\/.*/g, '');

/** A function's body, or the operand that ends where its bracket closes. */
function upToItsEnd(text: string, from: number): string {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    if ('({['.includes(text[i])) depth++;
    if (')}]'.includes(text[i]) && --depth <= 0) return text.slice(from, depth === 0 ? i + 1 : i);
    if (text[i] === ';' && depth === 0) return text.slice(from, i);
  }
  return text.slice(from);
}

/** Functions that exchange values among lanes, themselves or by what they call: all lanes of a walker must call them together. */
function functionsAmongLanes(): Set<string> {
  const bodies = [...code.matchAll(/\bfn (\w+)\([^{]*\{/g)].map(({ 0: head, 1: name, index }) => ({
    name,
    body: upToItsEnd(code, index + head.length - 1),
  }));
  const among = new Set([
    'quadSwapX',
    'quadSwapY',
    'quadSwapDiagonal',
    'quadBroadcast',
    'subgroupAny',
    'subgroupAll',
  ]);
  for (let before = 0; before < among.size; ) {
    before = among.size;
    for (const { name, body } of bodies) if (among.has(name) || callsOneOf(among, body)) among.add(name);
  }
  return among;
}

function callsOneOf(names: Set<string>, text: string): boolean {
  return [...text.matchAll(/(\w+)\(/g)].some(([, name]) => names.has(name));
}

test('no lane is left out of what lanes compute together: not by && or ||, which skip their right side, nor by a branch of one lane', () => {
  const among = functionsAmongLanes();
  for (const name of ['laneSum', 'weights', 'applyOperator', 'lost', 'sample']) expect(among).toContain(name);
  const skipped = [...code.matchAll(/&&|\|\|/g)].map(({ index }) => upToItsEnd(code, index + 2));
  const branches = [...code.matchAll(/if \([^{]*\blane\b[^{]*\{/g)].map(({ 0: head, index }) =>
    upToItsEnd(code, index + head.length - 1),
  );
  expect(branches.length).toBeGreaterThan(5);
  expect([...skipped, ...branches].filter((text) => callsOneOf(among, text))).toEqual([]);
});

group.each([...shaders])('%s', (name, text) => {
  test('imports files that exist', () => {
    expect(codeOf(link(name, '', (file) => shaders.get(file)))).not.toContain('#');
  });

  test('is written in one dialect: vec3u, and /// for what documents a declaration', () => {
    expect(text).not.toMatch(/vec[234]<[uif]32>|mat\dx\d<f32>|\/\*/);
    expect(text).not.toMatch(/^\/\/ .*\n(fn|struct|const|override|var|@)/m);
  });
});
