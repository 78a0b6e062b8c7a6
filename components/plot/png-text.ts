/** Words inside a PNG file: where its numbers come from stays with the picture. */

/** CRC-32 of PNG's appendix, of the chunk's type and data. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** Length, type, data and checksum of an iTXt chunk: keyword, not compressed, no language, UTF-8. */
function textChunk(keyword: string, text: string): Uint8Array {
  const body = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`);
  const chunk = new Uint8Array(body.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, body.length - 4);
  chunk.set(body, 4);
  view.setUint32(body.length + 4, crc32(body));
  return chunk;
}

/** Signature and header chunk, which has to come first. */
const head = 8 + 25;

/** The PNG with texts by keyword, `Title` and `Description` among those that viewers know. */
export async function withTexts(png: Blob, texts: Readonly<Record<string, string>>): Promise<Blob> {
  const bytes = await png.arrayBuffer();
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text) as BlobPart);
  return new Blob([bytes.slice(0, head), ...chunks, bytes.slice(head)], { type: 'image/png' });
}
