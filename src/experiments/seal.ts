/** The SHA-256 that a document carries, by which an altered one is told from one that was only formatted anew. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** JSON with sorted keys and no white space (RFC 8785): the same for all that JSON cannot tell apart. */
export function canonicalJson(value: unknown): string {
  // Columns of numbers are most of a document, and have no keys to sort.
  if (isPlain(value) || (Array.isArray(value) && value.every(isPlain)))
    return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  const present = Object.entries(value).filter(([, of]) => of !== undefined);
  const sorted = present.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([name, of]) => `${JSON.stringify(name)}:${canonicalJson(of)}`).join()}}`;
}

const isPlain = (value: unknown): value is string | number | boolean | null | undefined =>
  typeof value !== 'object' || value === null;

/** Of everything but how long the run took, and the seal itself; in hexadecimal. */
export function sealOf(document: object): string {
  const content = Object.entries(document).filter(([name]) => !['seconds', 'sha256'].includes(name));
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(Object.fromEntries(content)))));
}
