/** An ensemble's time averages as a table. */
import { html, nothing } from 'lit';
import { measured, short } from '../../../src/drawing/number';
import { engineName } from '../../../src/experiments/engine-choice';
import type { ResultDocument } from '../../../src/experiments/experiment';
import type { TrajectoriesResult } from '../../../src/experiments/trajectories/trajectories-result';
import type { Measured } from '../../../src/statistics/estimate';
import { notation } from '../../parameters/notation';
import { inPageWords } from '../../parameters/page-words';
import { duration } from '../../runs/run-status';

/** Means over time and ensemble beside the exact ones, and where they come from. */
export function renderTimeAverages(result: TrajectoriesResult, document: ResultDocument) {
  const { steady, exact, jumps } = result;
  if (!steady || !jumps) return nothing;
  return html`<div class="over" tabindex="0" role="region" aria-label="Time averages">
        <table class="values">
          <thead>
            <tr>
              <th scope="col">quantity</th>
              <th scope="col">ensemble ± standard error</th>
              <th scope="col">exact</th>
              <th scope="col">difference in errors</th>
            </tr>
          </thead>
          <tbody>
            ${valueRow('⟨*S*_z⟩', steady.Sz, exact?.Sz)} ${valueRow('⟨*S*_y⟩', steady.Sy, exact?.Sy)}
            ${valueRow('⟨*S*_x⟩', steady.Sx, exact?.Sx)}
            ${steady.squeezing ? valueRow('squeezing *ξ*^2', steady.squeezing, exact?.squeezing) : nothing}
            ${valueRow('collective jumps per time', jumps.collectivePerTime)}
            ${valueRow('individual jumps per time, all atoms', jumps.individualPerTime)}
          </tbody>
        </table>
      </div>
      <p class="note">
        ${document.interrupted ? 'So far: ' : ''}${duration(document.seconds)} on ${engineName(document)}, version
        ${document.version}, seed ${result.seed}, ${result.unraveling}. ${inPageWords(document.warnings.join(' '))}
      </p>`;
}

function valueRow(label: string, { value, error }: Measured, exact?: number | null) {
  const known = exact !== undefined && exact !== null;
  const off = known && error > 0 ? ((value - exact) / error).toFixed(1).replace('-', '−') : '';
  return html`<tr>
    <th scope="row">${notation(label)}</th>
    <td>${measured(value, error)}</td>
    <td>${known ? short(exact) : ''}</td>
    <td>${off}</td>
  </tr>`;
}
