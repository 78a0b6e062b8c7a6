/** What a message repeats of somebody else's text is cut at about this many characters. */
const longest = 200;

/** As JSON escapes it. */
const spelt = (character: string) =>
  character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

/**
 * The text with every character spelt out that steers a terminal, hides, or turns the direction of reading; only ends of
 * lines stay.
 */
export const visible = (text: string) => text.replaceAll(/(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu, spelt);

/** Somebody else's text as it may stand within a line for a person: all visible, in one line, and not long. */
export function excerpt(text: string): string {
  let shown = '';
  for (const character of text) {
    const next = visible(JSON.stringify(character).slice(1, -1));
    if (shown.length + next.length > longest) return `${shown}... (${text.length} characters)`;
    shown += next;
  }
  return shown;
}

/** Input that no run can start from. Names the argument (as on the command line), what it got and what it takes. */
export class InputError extends Error {
  override readonly name = 'InputError';

  /**
   * @param argument the argument's name on the command line, without its dashes: `drive`
   * @param got what was given; undefined reads as "nothing"
   * @param takes what would do, as the end of "must be ...": `a number of 0 or more`
   */
  constructor(
    readonly argument: string,
    readonly got: unknown,
    readonly takes: string,
  ) {
    super(`--${argument} must be ${takes}, but got ${echo(got)}`);
  }
}

function echo(got: unknown): string {
  if (got === undefined || got === null) return 'nothing';
  if (Array.isArray(got)) return entries(got);
  if (typeof got === 'string') return `"${excerpt(got)}"`;
  return typeof got === 'object' ? 'an object' : excerpt(String(got));
}

/** As many of them as are not too long together. */
function entries(list: readonly unknown[]): string {
  let shown = '';
  for (const [i, entry] of list.entries()) {
    if (shown.length > longest) return `${shown}... (${list.length} entries)`;
    shown += `${i > 0 ? ',' : ''}${Array.isArray(entry) ? 'a list' : echo(entry)}`;
  }
  return shown;
}
