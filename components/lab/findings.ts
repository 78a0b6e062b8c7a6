/** What a section has found at the present drive, in one sentence filled from its numbers and their errors. */
import { html, type TemplateResult } from 'lit';
import { measured, short } from '../../src/drawing/number';
import type { DocumentOf } from '../../src/experiments/registry';
import { type Branch, meanFieldBranches, meanFieldCaveat } from '../../src/mean-field/branches';
import { meanFieldOf } from '../../src/mean-field/equations';
import { type SystemParameters, sameSystem } from '../../src/parameters/system';
import { notation } from '../parameters/notation';

type Document<Command extends 'steady-state' | 'gap' | 'metastable' | 'trajectories' | 'radiation'> =
  DocumentOf<Command>;

/** Where a distribution of m is above both neighbours; a flat top counts once. */
export function peaksOf(Pm: readonly number[]): number[] {
  const rises = (i: number) => i === 0 || Pm[i] > Pm[i - 1];
  const falls = (i: number) => i === Pm.length - 1 || Pm[i] >= Pm[i + 1];
  return Pm.flatMap((_, i) => (rises(i) && falls(i) ? [i - (Pm.length - 1) / 2] : []));
}

/** A time in units of 1/gamma_F, or in the unit that the rates leave where no atom decays by itself. */
function lifetime(rate: number, { gammaF }: SystemParameters) {
  return gammaF > 0 ? html`${short(gammaF / rate)}/${notation('*γ*_F')}` : html`a time of ${short(1 / rate)}`;
}

const minus = (value: number) => String(value).replace('-', '−');

/**
 * The system in one sentence, under the page's title.
 * @param metastable of whatever system, if there is one
 */
export function headline(parameters: SystemParameters, metastable: Document<'metastable'> | undefined) {
  const { atoms, driveOverCritical } = parameters;
  const driven =
    driveOverCritical === null
      ? `${atoms} driven atoms`
      : `${atoms} atoms, driven at ${short(driveOverCritical)} of the critical strength,`;
  if (metastable && sameSystem(metastable.parameters, parameters)) {
    const { plus, committor } = metastable.result;
    const { squeezing } = plus.moments;
    const squeezed = squeezing !== null && squeezing < 1 ? `, squeezed to ${short(squeezing)},` : '';
    return html`${driven} stay in ${notation('*ρ*_+')}${squeezed} for ${lifetime(committor.ratePlus, parameters)} and in
      ${notation('*ρ*_−')} for ${lifetime(committor.rateMinus, parameters)}, and jump between them.`;
  }
  if (meanFieldCaveat(parameters) !== null) return html`${driven} decay together.`;
  const stable = meanFieldBranches(meanFieldOf(parameters)).filter((branch) => branch.stable);
  const sz = ({ sz }: Branch) => short((atoms * sz) / 2);
  if (stable.length === 2)
    return html`${driven} have two stable states, at ${notation('⟨*S*_z⟩')} = ${sz(stable[0])} and ${sz(stable[1])} by the mean
    field.`;
  if (stable.length === 1)
    return html`${driven} have one stable state, at ${notation('⟨*S*_z⟩')} = ${sz(stable[0])} by the mean field.`;
  return html`${driven} come to no rest in the mean field.`;
}

/** Where a finding is of, where that is not the present drive: a point of a sweep. */
type Where = 'Here' | TemplateResult;

export function steadyFinding({ result }: Document<'steady-state'>, where: Where = 'Here') {
  const peaks = peaksOf(result.Pm);
  const squeezing = result.moments.squeezing;
  const last =
    squeezing !== null && squeezing < 1
      ? html`It is squeezed to ${measured(squeezing, result.errors.moments.squeezing ?? 0)}.`
      : 'It is not squeezed.';
  if (peaks.length !== 2)
    return html`<p class="finding">
      ${where} ${notation('*P*_m')} has ${peaks.length === 1 ? html`one peak, at ${notation('*m*')} = ${minus(peaks[0])}` : `${peaks.length} peaks`}. ${last}
    </p>`;
  return html`<p class="finding">
    ${where} ${notation('*P*_m')} has two peaks, at ${notation('*m*')} = ${minus(peaks[0])} and ${minus(peaks[1])}. ${last}
  </p>`;
}

export function gapFinding({ result, parameters }: Document<'gap'>, where: Where = 'Here') {
  const { lambda1, certified } = result;
  return html`<p class="finding">
    ${where} the gap is ${measured(lambda1.value, lambda1.error)}${certified ? '' : ' (not certified)'}: which branch it was on
    is forgotten after ${lifetime(lambda1.value, parameters)}.
  </p>`;
}

export function metastableFinding({ result, parameters }: Document<'metastable'>, where: Where = 'Here') {
  const { plus, errors, committor } = result;
  const { squeezing } = plus.moments;
  const squeezed =
    squeezing !== null && squeezing < 1
      ? html`is squeezed to ${measured(squeezing, errors.plus.moments.squeezing ?? 0)} and `
      : '';
  return html`<p class="finding">
    ${where} ${notation('*ρ*_+')} ${squeezed}lives ${lifetime(committor.ratePlus, parameters)},
    ${notation('*ρ*_−')} ${lifetime(committor.rateMinus, parameters)}.
  </p>`;
}

export function jumpsFinding({ result }: Document<'trajectories'>) {
  const { count, switching, predicted } = result;
  const many = html`${count.toLocaleString('en')} trajectories`;
  if (!switching || !predicted) return html`<p class="finding">Here are ${many}.</p>`;
  const { value, error } = switching.lambda1;
  return html`<p class="finding">
    ${many} switch at ${notation('*λ*_1')} = ${measured(value, error)}; the master equation says
    ${short(predicted.lambda1)}.
  </p>`;
}

export function lightFinding({ result, parameters }: Document<'radiation'>) {
  const { counting, errors, lines, incoherent } = result;
  const { fano } = counting;
  const counts = html`counts of long windows scatter ${measured(fano, errors.counting.fano)} times as much as Poisson’s`;
  const [line] = lines;
  if (!line || !(line.weight > 0)) return html`<p class="finding">Here ${counts}.</p>`;
  return html`<p class="finding">
    Here ${short((100 * line.weight) / incoherent)} % of the incoherent light is in a line of half width
    ${measured(line.halfWidth, line.errors.halfWidth)}: it
    bunches for ${lifetime(line.halfWidth, parameters)}, and ${counts}.
  </p>`;
}
