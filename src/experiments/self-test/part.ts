import type { Check } from '../../gpu/check';
import type { Gpu } from '../../gpu/gpu';
import type { RunContext } from '../experiment';

/** A part of the self-test; `warn` is told why a check could not be finished. */
export type SelfTest = (
  gpu: Gpu,
  context: Pick<RunContext, 'signal' | 'warn' | 'threads'>,
) => Promise<readonly Check[]>;
