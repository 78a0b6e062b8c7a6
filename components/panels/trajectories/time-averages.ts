/** An ensemble's time averages as a table. */
import { html, nothing } from 'lit';
import { measured, short } from '../../../src/drawing/number';
import { engineName } from '../../../src/experiments/engine-choice';
import type { ResultDocument } from '../../../src/experiments/experiment';
import type { TrajectoriesResult } from '../../../src/experiments/trajectories/trajectories-result';
import type { Measured } from '../../../src/statistics/estimate';
import { inPageWords } from '../../parameters/page-words';
import { duration } from '../../runs/run-status';
import { valueTable } from '../../shared/value-table';

/** Means over time and ensemble beside the exact ones, and where they come from. */
export function renderTimeAverages(result: TrajectoriesResult, document: ResultDocument) {
  const { steady, exact, jumps } = result;
  if (!steady || !jumps) return nothing;
  const table = valueTable(
    'Time averages',
    ['quantity', 'ensemble ± standard error', 'exact', 'difference in errors'],
    [
      valueRow('⟨*S*_z⟩', steady.Sz, exact?.Sz),
      valueRow('⟨*S*_y⟩', steady.Sy, exact?.Sy),
      valueRow('⟨*S*_x⟩', steady.Sx, exact?.Sx),
      ...(steady.squeezing ? [valueRow('squeezing *ξ*^2', steady.squeezing, exact?.squeezing)] : []),
      valueRow('collective jumps per time', jumps.collectivePerTime),
      valueRow('individual jumps per time, all atoms', jumps.individualPerTime),
    ],
  );
  return html`${table}
      <p class="note">
        ${document.interrupted ? 'So far: ' : ''}${duration(document.seconds)} on ${engineName(document)}, version
        ${document.version}, seed ${result.seed}, ${result.unraveling}. ${inPageWords(document.warnings.join(' '))}
      </p>`;
}

function valueRow(label: string, { value, error }: Measured, exact?: number | null) {
  const known = exact !== undefined && exact !== null;
  const off = known && error > 0 ? ((value - exact) / error).toFixed(1).replace('-', '−') : '';
  return [label, measured(value, error), known ? short(exact) : '', off];
}
