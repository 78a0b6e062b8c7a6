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

group.each([...shaders])('%s', (name, text) => {
  test('imports files that exist', () => {
    expect(codeOf(link(name, '', (file) => shaders.get(file)))).not.toContain('#');
  });

  test('is written in one dialect: vec3u, and /// for what documents a declaration', () => {
    expect(text).not.toMatch(/vec[234]<[uif]32>|mat\dx\d<f32>|\/\*/);
    expect(text).not.toMatch(/^\/\/ .*\n(fn|struct|const|override|var|@)/m);
  });
});
