/**
 * Shader programs from files that import one another: a line `#import "dark-port/quad"` stands for the file of that name below
 * `shaders/`, once, however many files import it.
 */
import { ShaderError } from './gpu';

interface Line {
  readonly text: string;
  readonly file: string;
  /** from 1 up, as compilers count */
  readonly number: number;
}

/** A program's lines; their texts joined are its WGSL. */
export type Program = readonly Line[];

const directive = /^\s*#/;
const importOf = /^#import "([^"]+)"$/;

/**
 * @param names of the program's files; none for one that the host writes whole
 * @param declarations that the host adds
 * @param read the text of a file by its name, undefined where there is none
 * @throws ShaderError at a line with # that imports no file
 */
export function link(
  names: string | readonly string[],
  declarations: string,
  read: (name: string) => string | undefined,
): Program {
  const included = new Set<string>();
  const include = (name: string, from: string): Line[] => {
    if (included.has(name)) return [];
    included.add(name);
    const text = read(name);
    if (text === undefined) throw new ShaderError(`${from}: there is no ${fileOf(name)}.`);
    return linesOf(fileOf(name), text).flatMap((line) => {
      if (!directive.test(line.text)) return line;
      const imported = importOf.exec(line.text)?.[1];
      if (imported !== undefined) return include(imported, place(line));
      throw new ShaderError(`${place(line)}: a line with # is #import "name", not ${line.text}`);
    });
  };
  const own = [names].flat().flatMap((name) => include(name, 'A kernel'));
  return [...own, ...linesOf("the host's declarations", declarations)];
}

function linesOf(file: string, text: string): Line[] {
  return text.split('\n').map((text, i) => ({ text, file, number: i + 1 }));
}

const fileOf = (name: string) => `shaders/${name}.wgsl`;

function place({ file, number }: Line): string {
  return `${file}:${number}`;
}

export const codeOf = (program: Program) => program.map(({ text }) => text).join('\n');

/** Each error under its source line, with a caret, as a compiler would print it. */
export function describe(program: Program, errors: readonly GPUCompilationMessage[]): string {
  const reports = errors.map(({ lineNum, linePos, message }) => {
    const line = program[lineNum - 1];
    // A message about the whole has no line.
    if (line === undefined) return message;
    const caret = `${' '.repeat(Math.max(0, linePos - 1))}^`;
    return `${place(line)}:${linePos}: ${message}\n  ${line.text}\n  ${caret}`;
  });
  return reports.join('\n');
}
