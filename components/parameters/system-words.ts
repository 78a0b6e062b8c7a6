/** Which system a table's numbers belong to. */
import { html } from 'lit';
import { short } from '../../src/drawing/number';
import type { SystemParameters } from '../../src/parameters/system';
import { notation } from './notation';

/** Omega/Omega_c, or Omega where Omega_c = 0. */
export function driveWords({ omega, driveOverCritical }: SystemParameters) {
  return driveOverCritical === null
    ? html`${notation('*Ω*')} = ${short(omega)}`
    : html`${notation('*Ω*/*Ω*_c')} = ${short(driveOverCritical)}`;
}

/** The end of a heading: ` at N = 18, Ω/Ω_c = 0.73`. */
export function atSystem(parameters: SystemParameters) {
  return html` at ${notation('*N*')} = ${parameters.atoms}, ${driveWords(parameters)}`;
}
