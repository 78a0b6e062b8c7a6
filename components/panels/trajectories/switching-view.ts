/** How an ensemble switches between the two states: measured in three ways, beside what the slow mode predicts. */
import { html, nothing } from 'lit';
import { measured, short } from '../../../src/drawing/number';
import type { Curve, PlotSpec } from '../../../src/drawing/plot-spec';
import type { TrajectoriesResult } from '../../../src/experiments/trajectories/trajectories-result';
import { timeLabel } from '../../../src/figures/trajectories-plots';
import type { SystemParameters } from '../../../src/parameters/system';
import type { Measured } from '../../../src/statistics/estimate';
import { notation } from '../../parameters/notation';
import { valueTable } from '../../shared/value-table';

type Cell = Measured | number | null | undefined;

/** Each definition of a rate keeps its name: they agree only as N grows. */
export function renderSwitching({ switching, coreSet, crossings, predicted, paper }: TrajectoriesResult) {
  if (!switching || !predicted) return nothing;
  const rows: [string, Cell[]][] = [
    ['*λ*_1', [switching.lambda1, predicted.lambda1, null, null, null]],
    ['weight of *ρ*_+', [switching.pPlus, predicted.pPlus, null, null, paper?.aPlus]],
    [
      'rate out of *ρ*_+',
      [switching.ratePlus, predicted.ratePlus, coreSet?.ratePlus, crossings?.ratePlus, paper?.ratePlus],
    ],
    [
      'rate out of *ρ*_−',
      [switching.rateMinus, predicted.rateMinus, coreSet?.rateMinus, crossings?.rateMinus, paper?.rateMinus],
    ],
  ];
  const table = valueTable(
    'Switching rates',
    [
      'in the unit of the rates',
      'committor, measured',
      'committor, predicted',
      'core sets',
      'crossings of ⟨*S*_z⟩',
      'paper, (10)',
    ],
    rows.map(([label, cells]) => [label, ...cells.map(cellText)]),
  );
  return html`${table}
    <p class="note">
      The regression of the committor measures the predicted rates without bias. Core sets
      ${coreSet ? html`(${coreSet.switches.toLocaleString('en')} switches)` : nothing} come closer as ${notation('*N*')} grows; crossings
      of a threshold in ${notation('⟨*S*_z⟩')} measure neither.
    </p>`;
}

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'number' ? short(cell) : measured(cell.value, cell.error);
}

/** Complete stays in each state by length, and the exponential laws of the predicted rates. */
export function dwellPlot(parameters: SystemParameters, result: TrajectoriesResult | null): PlotSpec {
  const dwell = result?.coreSet?.dwell;
  const predicted = result?.predicted;
  const curves: Curve[] = [];
  if (dwell && predicted) {
    const step = dwell.t[0];
    const middles = dwell.t.map((end) => end - step / 2);
    for (const [counts, rate, ink, name] of [
      [dwell.plus, predicted.ratePlus, 'lower', '*ρ*_+'],
      [dwell.minus, predicted.rateMinus, 'upper', '*ρ*_−'],
    ] as const) {
      const all = counts.reduce((sum, count) => sum + count, 0);
      const law = dwell.t.map((end) => all * (Math.exp(-rate * (end - step)) - Math.exp(-rate * end)));
      // Counts of nothing have no place on a logarithmic axis, and the last bin takes all that is longer.
      const shown = counts.map((count, i) => (count > 0 && i < counts.length - 1 ? count : null));
      curves.push(
        {
          label: `stays in ${name}`,
          draw: 'points',
          ink,
          x: middles,
          y: shown,
          error: counts.map(Math.sqrt),
        },
        {
          label: `law of ${name}`,
          draw: 'line',
          ink,
          dashed: true,
          quiet: true,
          width: 1.5,
          x: middles,
          y: law,
        },
      );
    }
  }
  return {
    title: 'Dwell times',
    x: {
      label: timeLabel(parameters).replace('time *t*', 'length of a stay'),
      min: 0,
      ...(!dwell && { max: 1 }),
    },
    y: { label: 'stays by core sets', scale: 'log', min: 0.7, ...(curves.length === 0 && { max: 100 }) },
    curves,
  };
}
