/** What the experiments on the Liouvillian declare alike. */

/** The option `tolerance` of what rests on lambda_1. */
export const tolerance = {
  // Float64 outside allows no better bound than the least.
  value: { kind: 'number', from: 1e-9, to: 0.1, default: 1e-5, means: 'a relative error bound' },
  help: 'asked error bound relative to lambda_1',
} as const;

/** About how long a steady state takes on the machine of `cost.ts`, s; its number of atoms alone tells. */
export const steadySeconds = (atoms: number) => 0.1 + 5 * (atoms / 110) ** 3;
/** ... and a gap. */
export const gapSeconds = (atoms: number) => 0.1 + 4.5 * (atoms / 110) ** 3;
