/** What the host says of the memory that it lays out: 32-bit numbers behind one another, a program's own first and then those of its stencil. */
import { setJumps, setParts, setStencil } from './stencil';
import { setSums } from './team';

/** Where every thread finds them, and float64 numbers that change from call to call. */
const settings: usize = 256;
export const scalars: usize = 384;

export function setting(i: i32): i32 {
  return i32.load(settings + 4 * usize(i));
}

/** The order is that of `layout` in ../stencil-memory.ts. @param own how many settings are before them */
export function readLayout(own: i32): void {
  setSums(setting(own), setting(own + 1), usize(setting(own + 2)));
  setStencil(
    usize(setting(own + 3)),
    usize(setting(own + 4)),
    usize(setting(own + 5)),
    usize(setting(own + 6)),
    usize(setting(own + 7)),
  );
  setJumps(setting(own + 8), setting(own + 9), setting(own + 10), setting(own + 11));
  setParts(usize(setting(own + 12)), setting(own + 13));
}
