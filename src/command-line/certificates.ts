/** Certificates, written and checked. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { excerpt, InputError } from '../parameters/errors';
import { CertificateError } from '../proofs/certificate';
import type { Proof } from '../proofs/verify';
import { replace } from './durable-files';
import { print, say } from './outlets';
import { UsageError } from './program';
import { aligned, heading } from './table';

/** @throws InputError where there would be nothing to write, or no place for it */
export function needProof(file: string, isProven: boolean): void {
  if (!isProven)
    throw new InputError('certificate', file, 'given with --prove (without it there is nothing to certify)');
  const path = resolve(file);
  const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (file === '' || isFolder(path) || !isFolder(dirname(path)))
    throw new InputError('certificate', file, 'a file to write to, in a folder that exists');
}

/** Takes the certificate of a run, and tells whether one was written. */
export function certificateWriter(file: string) {
  let written = false;
  return {
    take(bytes: Uint8Array) {
      try {
        replace(resolve(file), bytes);
        written = true;
        say(`Wrote ${resolve(file)}`);
      } catch (cause) {
        say(`The certificate could not be written: ${(cause as Error).message.split(',')[0]}`);
      }
    },
    isWritten() {
      if (!written) say('No certificate was written.');
      return written;
    },
  };
}

/** Prints what a certificate proves. @returns the exit status: 0, or 1 where it does not prove it */
export async function checkCertificate(file: string): Promise<number> {
  const { verify } = await import('../proofs/verify');
  try {
    await print(textOf(verify(read(file))));
    return 0;
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    say(`Not proven. ${error.message}`);
    return 1;
  }
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    const reason = (cause as Error).message.split(',')[0];
    throw new UsageError(`verify needs a file that can be read (${reason}), but got "${excerpt(file)}"`, {
      cause,
    });
  }
}

function textOf(proof: Proof): string {
  const lines = Object.entries(proof.proven).map(([name, value]) => [
    name,
    typeof value === 'number' ? String(value) : `[${value.lower}, ${value.upper}]`,
  ]);
  return `${heading(proof)}${aligned(lines)}\nProven.\n`;
}
