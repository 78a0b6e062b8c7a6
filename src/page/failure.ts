/** How errors cross from worker to page to command line: as plain data, with their class, fields and cause. */
import { DeviceLostError, GpuError, GpuMemoryError, NoAdapterError, ShaderError } from '../gpu/gpu';
import { InputError } from '../parameters/errors';
import { OverlapError } from '../statistics/sums';
import { ThreadError } from '../trajectories/block-messages';
import { UnravelingError } from '../trajectories/unraveling-facts';

const classes = {
  ...{ InputError, NoAdapterError, DeviceLostError, GpuError, GpuMemoryError, ShaderError },
  ...{ OverlapError, ThreadError, UnravelingError },
  ...{ DOMException, RangeError, ReferenceError, SyntaxError, TypeError, Error },
} as const;

/** An error as plain data. */
export interface Failure {
  readonly kind: keyof typeof classes;
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** what its class adds */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly cause?: Failure;
}

/** @param thrown something that is no error becomes one that says it */
export function toFailure(thrown: unknown): Failure {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const { name, message, stack = '', cause } = error;
  const kinds = Object.keys(classes) as (keyof typeof classes)[];
  const kind = kinds.find((kind) => error instanceof classes[kind]) ?? 'Error';
  const failure = { kind, name, message, stack, fields: { ...error } };
  return cause === undefined ? failure : { ...failure, cause: toFailure(cause) };
}

/** The error that a failure was made of, with the stack of where it was thrown. */
export function toError({ kind, name, message, stack, fields, cause }: Failure): Error {
  const error =
    kind === 'DOMException'
      ? new DOMException(message, name)
      : Object.setPrototypeOf(new Error(message), classes[kind].prototype);
  const hidden = { stack, ...(cause && { cause: toError(cause) }) };
  for (const [key, value] of Object.entries(hidden))
    Object.defineProperty(error, key, { value, configurable: true, writable: true });
  return Object.assign(error, fields);
}
