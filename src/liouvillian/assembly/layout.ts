/** What the host says of the memory that it lays out: 32-bit numbers behind one another, a program's own first and then those of its stencil. */

/** Where every thread finds them, and float64 numbers that change from call to call. */
const settings: usize = 256;
export const scalars: usize = 384;

export function setting(i: i32): i32 {
  return i32.load(settings + 4 * usize(i));
}
