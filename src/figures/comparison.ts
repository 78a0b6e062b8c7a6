/** A number beside another that it is to agree with: how far apart they are, in units of the error. */
import type { ResultDocument } from '../experiments/experiment';
import type { Measured } from '../statistics/estimate';
import { type PanelNumber, panelNumbers } from './figure-numbers';
import { panels } from './panels';
import { from, type PaperNumber, paperNumbers } from './paper-numbers';

export interface Comparison {
  /** in the markup of `notation` */
  readonly symbol: string;
  /** who says the other number */
  readonly by: 'the paper' | 'the master equation';
  /** as it is printed */
  readonly says: string;
  /** half a unit of the last digit printed; 0 of a number known to rounding */
  readonly rounding: number;
  readonly ours: Measured;
  /** ours less the other, and the same in units of our error; null without one */
  readonly difference: number;
  readonly inErrors: number | null;
}

/** What an ensemble measures, beside what the master equation's slow mode predicts of the same system. */
const predicted = (['lambda1', 'pPlus', 'ratePlus', 'rateMinus'] as const).map((name) => ({
  symbol: { lambda1: '*λ*_1', pPlus: 'weight of *ρ*_+', ratePlus: '*Γ*_+', rateMinus: '*Γ*_−' }[name],
  says: from('trajectories', ({ predicted }) => predicted && { value: predicted[name], error: 0 }),
  ours: from('trajectories', ({ switching }) => switching?.[name] ?? null),
}));

/**
 * The panel's numbers beside the paper's, of an ensemble also beside the master equation's; told once, by the first panel of several.
 * @param isOwn whether the figure is as the paper has it: of another system the paper says nothing
 */
export function comparisonsOf(
  number: PanelNumber,
  documents: readonly ResultDocument[],
  isOwn: boolean,
): readonly Comparison[] {
  const { preset } = panels[number];
  if (panelNumbers.find((panel) => panels[panel].preset === preset) !== number) return [];
  const printed = (isOwn ? paperNumbers(preset) : []).flatMap(({ symbol, paper, ours }: PaperNumber) =>
    compared(symbol, 'the paper', paper, roundingOf(paper), Number(paper), ours(documents)),
  );
  const measured = predicted.flatMap(({ symbol, says, ours }) => {
    const exact = says(documents);
    if (exact === null) return [];
    const printed = String(Number(exact.value.toPrecision(6)));
    return compared(symbol, 'the master equation', printed, 0, exact.value, ours(documents));
  });
  return [...printed, ...measured];
}

function compared(
  symbol: string,
  by: Comparison['by'],
  says: string,
  rounding: number,
  value: number,
  ours: Measured | null,
): Comparison[] {
  if (ours === null) return [];
  const difference = ours.value - value;
  const inErrors = ours.error > 0 ? difference / ours.error : null;
  return [{ symbol, by, says, rounding, ours, difference, inErrors }];
}

/** 0.05 of `0.4` */
const roundingOf = (printed: string) => 0.5 * 10 ** -(printed.split('.')[1]?.length ?? 0);
