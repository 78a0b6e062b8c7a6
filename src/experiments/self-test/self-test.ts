/** Whether this adapter's float32 does what the kernels rely on, and each kernel what its float64 twin does. */
import { checkArithmetic } from '../../gpu/arithmetic';
import { checkGeneralMatvecs, checkGeneralSolves, checkMatvecs, checkSolves } from './corrections';
import type { SelfTest } from './part';
import { checkReductions } from './reductions';
import { walkChecks } from './trajectories';

/** Together they run every kernel of the product. */
export const parts = {
  arithmetic: checkArithmetic,
  ...walkChecks,
  reductions: checkReductions,
  matvecs: checkMatvecs,
  solves: checkSolves,
  generalMatvecs: checkGeneralMatvecs,
  generalSolves: checkGeneralSolves,
} as const satisfies Record<string, SelfTest>;
