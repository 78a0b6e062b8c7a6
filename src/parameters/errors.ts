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
  if (Array.isArray(got)) return got.map(echo).join();
  if (typeof got === 'string') return JSON.stringify(got);
  return typeof got === 'object' ? 'an object' : String(got);
}
