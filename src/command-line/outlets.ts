/** What the command line says on standard error, and prints on standard output. */
import { fstatSync, writeFileSync } from 'node:fs';
import { visible } from '../parameters/errors';

// A stream that breaks says so here too, where it would end the process: `print` hears of it by its callback, and what can
// no longer be said on standard error is not worth a run.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

export const say = (line: string) => process.stderr.write(`${visible(line)}\n`);

/**
 * Writes the whole text to standard output; nothing where its reader has gone, as `head` does.
 * @throws Error where it cannot be written, as on a full disk
 */
export async function print(text: string): Promise<void> {
  try {
    await write(text);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code !== 'EPIPE') throw new Error(`Standard output: ${message}`, { cause });
  }
}

function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // To a file the stream writes once, and passes over in silence what a nearly full disk left out.
    if (fstatSync(1).isFile()) resolve(writeFileSync(1, text));
    else process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
