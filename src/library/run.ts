/** A run of the library: followed, stopped, and its document typed. */
import type { Host } from '../experiments/engine-choice';
import type { Progress } from '../experiments/experiment';
import { type Command, type DocumentOf, isOf } from '../experiments/registry';
import { type RunEvent, type RunRequest, run } from '../experiments/run';

/** What a run is followed and stopped by. */
export interface Following<Name extends Command> {
  /**
   * Stops the run at its next submit: what was finished is returned, marked `interrupted`; where nothing was, the run rejects with the
   * signal's reason.
   */
  readonly signal?: AbortSignal | undefined;
  /** Hears some times a second how far the run is. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Hears the result so far, marked `interrupted`, of the form of the final one. */
  readonly onPartial?: ((document: DocumentOf<Name>) => void) | undefined;
  /** Hears what also comes to stand among the document's `warnings`. */
  readonly onWarning?: ((sentence: string) => void) | undefined;
  /** Takes what proves the `proven` of the result, as `verify` and `lab verify` check it; of a run that proves something. */
  readonly onCertificate?: ((certificate: Uint8Array) => void) | undefined;
}

/** Runs a checked request, telling what happens. */
export type Runner = (
  request: RunRequest,
  signal: AbortSignal,
  tell: (event: RunEvent) => void,
) => Promise<DocumentOf>;

/** Runs in this thread. */
export const runHere =
  (host: Host): Runner =>
  (request, signal, tell) =>
    run(request, { ...host, signal, tell });

/** Passes on what is asked to be heard. */
export async function follow<Name extends Command>(
  command: Name,
  request: RunRequest,
  following: Following<Name>,
  runner: Runner,
): Promise<DocumentOf<Name>> {
  const {
    signal = new AbortController().signal,
    onProgress,
    onPartial,
    onWarning,
    onCertificate,
  } = following;
  const document = await runner(request, signal, (event) => {
    if (event.kind === 'progress') onProgress?.(event.progress);
    else if (event.kind === 'warning') onWarning?.(event.sentence);
    else if (event.kind === 'certificate') onCertificate?.(event.bytes);
    else if (event.kind === 'partial' && isOf(event.document, command)) onPartial?.(event.document);
  });
  if (!isOf(document, command)) throw new Error(`${command} returned a result of ${document.command}.`);
  return document;
}
