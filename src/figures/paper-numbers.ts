/** The numbers that the paper's text gives of a figure, and ours beside each. */
import type { ResultDocument } from '../experiments/experiment';
import { type DocumentOf, isOf } from '../experiments/registry';
import type { PRESETS, PresetName } from '../parameters/presets';
import type { Measured } from '../statistics/estimate';

export interface PaperNumber {
  /** in the markup of `notation` */
  readonly symbol: string;
  /** as the paper prints it */
  readonly paper: string;
  /** ours, null where no document has it */
  readonly ours: (documents: readonly ResultDocument[]) => Measured | null;
}

/** Of the first document of a command. */
export const from =
  <Command extends 'metastable' | 'gap-scaling' | 'trajectories'>(
    command: Command,
    value: (result: DocumentOf<Command>['result']) => Measured | null,
  ): PaperNumber['ours'] =>
  (documents) => {
    const document = documents.find((document): document is DocumentOf<Command> => isOf(document, command));
    return document ? value(document.result) : null;
  };

const numbers = {
  '2d': [
    {
      symbol: 'power of 1/*N*',
      paper: '0.9',
      ours: from('gap-scaling', ({ fits }) => fits?.powerLaw.exponent ?? null),
    },
    {
      symbol: 'its prefactor',
      paper: '1.72',
      ours: from('gap-scaling', ({ fits }) => fits?.powerLaw.prefactor ?? null),
    },
  ],
  '3b': [
    {
      symbol: '*a*_+',
      paper: '0.4',
      ours: from('metastable', ({ aPlus, errors }) => ({ value: aPlus, error: errors.aPlus })),
    },
    {
      symbol: '*a*_−',
      paper: '0.5',
      ours: from('metastable', ({ aMinus, errors }) => ({ value: aMinus, error: errors.aMinus })),
    },
  ],
} as const satisfies Partial<Record<keyof typeof PRESETS, readonly PaperNumber[]>>;

/** None of a figure, or a preset beyond the paper, of which the text gives no number. */
export const paperNumbers = (figure: PresetName): readonly PaperNumber[] =>
  Object.hasOwn(numbers, figure) ? numbers[figure as keyof typeof numbers] : [];
