/**
 * The file of a proof: what is claimed of which system, and the operators that prove it.
 *
 *     8 bytes    DBLPROOF
 *     4 bytes    length of the header, a whole number of 8 bytes, little-endian as all numbers; 4 bytes of 0
 *     header     JSON in UTF-8, spaces behind it
 *     operators  float64, one behind the other, in the order and of the lengths that the header says
 *     32 bytes   SHA-256 of all before
 */
import { sha256 } from '@noble/hashes/sha2.js';
import * as v from 'valibot';
import { quantities } from '../parameters/system-options';
import type { Packed } from './image';

const MAGIC = 'DBLPROOF';
const PREFACE = 16;
const SEAL = 32;

const finite = v.pipe(v.number(), v.finite());
const interval = v.strictObject({ lower: finite, upper: finite });
const lifetime = v.strictObject({ rate: finite, within: finite, until: finite });
const written = {
  schema: v.literal('dicke-bistability-proof/1'),
  version: v.string(),
  engine: v.string(),
  parameters: v.strictObject(Object.fromEntries(quantities.map(({ quantity }) => [quantity, finite]))),
  /** in the order of the file */
  operators: v.array(
    v.strictObject({ name: v.string(), length: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
  ),
};
const header = v.variant('command', [
  v.strictObject({ ...written, command: v.literal('steady-state'), proven: v.record(v.string(), interval) }),
  v.strictObject({ ...written, command: v.literal('gap'), proven: lifetime }),
  v.strictObject({ ...written, command: v.literal('metastable'), proven: lifetime }),
]);

export type Header = v.InferOutput<typeof header>;
/** By name: of a moment its X; of a lifetime Q, c and u. In the system's own unit. */
export type Operators = Readonly<Record<string, Packed>>;

export interface Certificate {
  readonly header: Header;
  readonly operators: Operators;
}

/** What is wrong with a certificate, for a person. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
}

/** @param said all of the header but what follows from the operators */
export function writeCertificate(said: object, operators: Operators): Uint8Array<ArrayBuffer> {
  const list = Object.entries(operators).map(([name, { length }]) => ({ name, length }));
  const text = JSON.stringify({ schema: 'dicke-bistability-proof/1', ...said, operators: list });
  const head = new TextEncoder().encode(text);
  const length = Math.ceil(head.length / 8) * 8;
  const numbers = list.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(PREFACE + length + 8 * numbers + SEAL);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(8, length, true);
  bytes.fill(32, PREFACE, PREFACE + length);
  bytes.set(head, PREFACE);
  let at = PREFACE + length;
  for (const operator of Object.values(operators))
    for (const value of operator) {
      view.setFloat64(at, value, true);
      at += 8;
    }
  bytes.set(sha256(bytes.subarray(0, at)), at);
  return bytes;
}

/** Whether a file begins as a certificate does. */
export const isCertificate = (bytes: Uint8Array): boolean =>
  new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) === MAGIC;

/** @throws CertificateError where it is none, or not as it was written */
export function readCertificate(bytes: Uint8Array): Certificate {
  if (!isCertificate(bytes) || bytes.length < PREFACE + SEAL)
    throw new CertificateError('It is no certificate: it does not begin with DBLPROOF.');
  const end = bytes.length - SEAL;
  const seal = sha256(bytes.subarray(0, end));
  if (seal.some((byte, i) => byte !== bytes[end + i]))
    throw new CertificateError('It was altered: its content is not that of its SHA-256.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(8, true);
  const { success, output } = v.safeParse(
    header,
    parsed(bytes.subarray(PREFACE, Math.min(end, PREFACE + length))),
  );
  if (!success) throw new CertificateError('Its header does not say what a certificate says.');
  let at = PREFACE + length;
  const operators: Record<string, Packed> = {};
  for (const { name, length } of output.operators) {
    if (at + 8 * length > end) throw new CertificateError('It is too short for the operators that it lists.');
    operators[name] = Float64Array.from({ length }, (_, i) => view.getFloat64(at + 8 * i, true));
    at += 8 * length;
  }
  if (at !== end) throw new CertificateError('It is longer than the operators that it lists.');
  return { header: output, operators };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new CertificateError('Its header is no JSON.');
  }
}
