/** The little of PNG that is needed here: chunks with their checksums, words, and a picture in one ink. */

/** CRC-32 of PNG's appendix, of a chunk's type and data. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** Adler-32 of zlib. */
function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

function joined(...parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const bigEndian = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);

const latin1 = (text: string) => Array.from(text, (character) => character.charCodeAt(0));

/** Length, type, data and checksum. */
function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const body = joined(latin1(type), data);
  return joined(bigEndian(data.length), body, bigEndian(crc32(body)));
}

/** zlib's format with the bytes as they are, in blocks of at most 65,535: alike everywhere, and at once. */
function stored(bytes: Uint8Array): Uint8Array {
  const most = 65535;
  const blocks: ArrayLike<number>[] = [];
  for (let from = 0; from < bytes.length; from += most) {
    const block = bytes.subarray(from, from + most);
    const last = from + most >= bytes.length ? 1 : 0;
    const { length } = block;
    blocks.push([last, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255], block);
  }
  return joined([0x78, 0x01], ...blocks, bigEndian(adler32(bytes)));
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * A picture in one colour.
 * @param colour `#rrggbb`
 * @param opacities one a pixel, 0 to 255, row by row from the top
 */
export function inkPng(
  colour: string,
  columns: number,
  rows: number,
  opacities: Uint8ClampedArray,
): Uint8Array {
  const rgb = [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16));
  // Indexed colour: the palette holds the one colour 256 times, and the index of a pixel is its opacity.
  const header = joined(bigEndian(columns), bigEndian(rows), [8, 3, 0, 0, 0]);
  const palette = Uint8Array.from({ length: 3 * 256 }, (_, i) => rgb[i % 3]);
  const transparency = Uint8Array.from({ length: 256 }, (_, i) => i);
  // Before every row a byte names its filter: none.
  const lines = new Uint8Array((columns + 1) * rows);
  for (let row = 0; row < rows; row++)
    lines.set(opacities.subarray(row * columns, (row + 1) * columns), row * (columns + 1) + 1);
  return joined(
    signature,
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('tRNS', transparency),
    chunk('IDAT', stored(lines)),
    chunk('IEND', new Uint8Array()),
  );
}

/** An iTXt chunk: keyword, not compressed, no language, UTF-8. */
const textChunk = (keyword: string, text: string) =>
  chunk('iTXt', new TextEncoder().encode(`${keyword}\0\0\0\0\0${text}`));

/** Signature and header chunk, which has to come first. */
const head = 8 + 25;

/** A pHYs chunk: dots per metre along both axes. */
const sizeChunk = (dotsPerMetre: number) =>
  chunk('pHYs', joined(bigEndian(dotsPerMetre), bigEndian(dotsPerMetre), [1]));

/**
 * The PNG with texts by keyword, `Title` and `Description` among those that viewers know: where its numbers come from stays with the picture.
 * @param dotsPerMetre what says how large it is printed; null: nothing does
 */
export async function withTexts(
  png: Blob,
  texts: Readonly<Record<string, string>>,
  dotsPerMetre: number | null = null,
): Promise<Blob> {
  const bytes = await png.arrayBuffer();
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text));
  if (dotsPerMetre !== null) chunks.unshift(sizeChunk(dotsPerMetre));
  return new Blob([bytes.slice(0, head), ...chunks, bytes.slice(head)], { type: 'image/png' });
}
