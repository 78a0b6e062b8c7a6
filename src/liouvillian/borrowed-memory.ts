/**
 * WebAssembly memories that searches use one after the other. Each takes ten gigabytes of a browser's addresses until its garbage is collected, and a
 * thread may then find none; so they are given back and used again, but for large ones, which would hold their pages for good.
 */

const pageBytes = 65536;
const mostKept = 64 * 2 ** 20;
const idle: WebAssembly.Memory[] = [];

/** A memory of one page or more, with what was left in it; nobody else has it until it is given back. */
export function borrowMemory(): WebAssembly.Memory {
  return idle.pop() ?? new WebAssembly.Memory({ initial: 1 });
}

export function giveBack(memory: WebAssembly.Memory): void {
  if (memory.buffer.byteLength <= mostKept) idle.push(memory);
}

/**
 * Grows the memory to so many bytes at least; all views on it are void then.
 * @throws RangeError where there is no such memory: WebAssembly has 4 GiB at most
 */
export function reserve(memory: WebAssembly.Memory, bytes: number): void {
  const pages = Math.ceil((bytes - memory.buffer.byteLength) / pageBytes);
  if (pages <= 0) return;
  try {
    memory.grow(pages);
  } catch (cause) {
    throw new RangeError(`The model needs ${(bytes / 2 ** 30).toFixed(1)} GiB of WebAssembly memory.`, {
      cause,
    });
  }
}
