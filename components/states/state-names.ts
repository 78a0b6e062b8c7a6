/** The three states that the pictures show side by side, everywhere by one name and one ink. */
import type { Ink } from '../../src/drawing/plot-spec';
import type { DocumentOf } from '../../src/experiments/registry';

export type StateName = 'steady' | 'plus' | 'minus';
export type Pictures = NonNullable<DocumentOf<'metastable'>['result']['phaseSpace']>;

export interface StateLook {
  readonly name: StateName;
  /** in the markup of `notation` */
  readonly symbol: string;
  /** `symbol` and what it is */
  readonly title: string;
  readonly ink: Ink;
}

export const stateLooks: readonly StateLook[] = [
  { name: 'steady', symbol: '*ρ*_s', title: '*ρ*_s, steady state', ink: 'exact' },
  { name: 'plus', symbol: '*ρ*_+', title: '*ρ*_+, lower branch', ink: 'lower' },
  { name: 'minus', symbol: '*ρ*_−', title: '*ρ*_−, upper branch', ink: 'upper' },
];
