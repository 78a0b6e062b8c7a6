/** The options of the command `figure`: what may be said in place of a figure's own, who computes, and what the pictures are for. */
import { sheets } from '../drawing/sheet';
import { engineTable } from '../experiments/engine-choice';
import { figureTable } from '../figures/figure-options';
import { keysOf, type OptionTable } from '../parameters/options';

const more = {
  ...engineTable,
  threads: {
    value: { kind: 'whole number', from: 1, to: 1024 },
    usually: 'all',
    help: "the CPU engine's threads",
  },
  sheet: {
    value: { kind: 'choice', of: keysOf(sheets), default: 'column' },
    help: 'what the pictures are for; column and page are journals’, 86 and 178 mm wide',
  },
} as const satisfies OptionTable;

export const figureCommandTable = { ...figureTable, ...more };
