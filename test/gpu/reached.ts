/** What of a WGSL module an entry point can reach: all that its pipeline depends on. */

const comments = /\/\/.*|\/\*[\s\S]*?\*\//g;
const nameOf = /\b(?:fn|struct|alias|override|const|var(?:\s*<[^>]*>)?)\s+(\w+)/;

/** Declarations of the module scope, which end with a semicolon or a brace outside of all brackets. */
function declarationsOf(code: string): string[] {
  const declarations: string[] = [];
  let [depth, start] = [0, 0];
  for (const { 0: mark, index } of code.matchAll(/[[({;\])}]/g)) {
    if ('[({'.includes(mark)) depth++;
    else if (mark !== ';') depth--;
    if (depth > 0 || !';}'.includes(mark)) continue;
    declarations.push(code.slice(start, index + 1).trim());
    start = index + 1;
  }
  return declarations;
}

/**
 * The declarations that the entry point names, those that they name, and so on, in the module's order; with them those that have no name, which
 * concern the whole. A word that only looks like a declaration's name, as a local variable of that name does, takes it along.
 */
export function reachedFrom(entryPoint: string, code: string): string {
  const declarations = declarationsOf(code.replace(comments, ' '));
  const named = new Map(declarations.map((text) => [nameOf.exec(text)?.[1], text]));
  const reached = new Set<string>();
  const reach = (text: string) => {
    if (reached.has(text)) return;
    reached.add(text);
    for (const word of text.match(/\w+/g) ?? []) {
      const declaration = named.get(word);
      if (declaration !== undefined) reach(declaration);
    }
  };
  const entry = named.get(entryPoint);
  if (entry === undefined) throw new Error(`There is no ${entryPoint} in the module.`);
  reach(entry);
  return declarations.filter((text) => reached.has(text) || !nameOf.test(text)).join('\n');
}
