/** What the page and its worker say to one another, and how errors cross that line. */
import type { Progress } from '../experiments/experiment';
import type { DocumentOf } from '../experiments/registry';
import type { RunRequest } from '../experiments/run';
import { DeviceLostError, GpuError, NoAdapterError } from '../gpu/gpu';
import { InputError } from '../parameters/errors';

/** `id` tells runs apart; the page counts them. */
export type ToWorker =
  | { readonly kind: 'run'; readonly id: number; readonly request: RunRequest }
  | { readonly kind: 'cancel' };

export type FromWorker = { readonly id: number } & (
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'partial'; readonly document: DocumentOf }
  | { readonly kind: 'warning'; readonly sentence: string }
  | { readonly kind: 'done'; readonly document: DocumentOf }
  | { readonly kind: 'failed'; readonly failure: Failure }
);

/** An error as plain data. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** of an InputError */
  readonly argument?: string;
  readonly got?: unknown;
  readonly takes?: string;
}

export function toFailure(error: unknown): Failure {
  const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const plain = { name, message, stack };
  if (!(error instanceof InputError)) return plain;
  const { argument, got, takes } = error;
  return { ...plain, argument, got, takes };
}

const named = { NoAdapterError, DeviceLostError, GpuError };

/** The error that a failure was made of, of the same class, with the stack of where it was thrown. */
export function toError({ name, message, stack, argument, got, takes }: Failure): Error {
  const error =
    argument !== undefined && takes !== undefined
      ? new InputError(argument, got, takes)
      : name === 'AbortError'
        ? new DOMException(message, name)
        : new (named[name as keyof typeof named] ?? Error)(message);
  if (stack) Object.defineProperty(error, 'stack', { value: stack, configurable: true });
  return error;
}
