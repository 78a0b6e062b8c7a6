/** Certificates, opened and checked: who has the file needs to trust neither it nor the lab that wrote it. */
import { html } from 'lit';
import { enclosure } from '../../src/drawing/number';
import type { VerifyAnswer } from '../../src/page/verify-worker';
import { isCertificate } from '../../src/proofs/certificate';
import type { Proof } from '../../src/proofs/verify';
import { notation } from '../parameters/notation';
import { systemWords } from '../parameters/system-words';
import { askWorker } from './ask-worker';

/** Whether the file is one. */
export const holdsProof = async (file: File) =>
  isCertificate(new Uint8Array(await file.slice(0, 16).arrayBuffer()));

/** @throws Error saying what it does not prove */
export async function provenBy(file: File): Promise<Proof> {
  const worker = new Worker(new URL('../../src/page/verify-worker.ts', import.meta.url), {
    type: 'module',
    name: 'verify',
  });
  const bytes = new Uint8Array(await file.arrayBuffer());
  return (await askWorker<VerifyAnswer>(worker, 'verifier', bytes)).proof;
}

const labels: Readonly<Record<string, string>> = {
  ...{ Sx: '⟨*S*_x⟩', Sy: '⟨*S*_y⟩', Sz: '⟨*S*_z⟩', Sx2: '⟨*S*_x^2⟩', Sy2: '⟨*S*_y^2⟩', Sz2: '⟨*S*_z^2⟩' },
  ...{ squeezing: 'squeezing *ξ*^2', rate: 'rate *λ*_1', within: 'within', until: 'until' },
};

/** What it proves, and of which system. */
export const renderProof = ({ command, parameters, proven }: Proof) => html`<div class="proof">
  Proven, of the ${command} at ${systemWords(parameters)}:
  <ul>
    ${Object.entries(proven).map(
      ([name, value]) =>
        html`<li>${notation(labels[name] ?? name)} ${typeof value === 'number' ? value : enclosure(value)}</li>`,
    )}
  </ul>
</div>`;
