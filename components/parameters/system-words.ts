/** Which system a table's numbers belong to. */
import { html } from 'lit';
import { short } from '../../src/drawing/number';
import type { Interval } from '../../src/mean-field/bistability';
import { beyondEquation1, type SystemParameters } from '../../src/parameters/system';
import { notation } from './notation';

/** Omega/Omega_c, or Omega where Omega_c = 0. */
export function driveWords({ omega, driveOverCritical }: SystemParameters) {
  return driveOverCritical === null
    ? html`${notation('*Ω*')} = ${short(omega)}`
    : html`${notation('*Ω*/*Ω*_c')} = ${short(driveOverCritical)}`;
}

/** What of the general model is not 0: `, δ = 2`. */
export function moreWords(parameters: SystemParameters) {
  return beyondEquation1
    .filter(({ quantity }) => parameters[quantity] !== 0)
    .map(({ quantity, option }) => html`, ${notation(option.page.symbol)} = ${short(parameters[quantity])}`);
}

/** `N = 18, γ_1D = 10, γ_F = 1, Ω/Ω_c = 0.73`, and what else is not 0. */
export function systemWords(parameters: SystemParameters) {
  const { atoms, gamma1D, gammaF } = parameters;
  return html`${notation('*N*')} = ${atoms}, ${notation('*γ*_{1D}')} = ${short(gamma1D)},
  ${notation('*γ*_F')} = ${short(gammaF)}, ${driveWords(parameters)}${moreWords(parameters)}`;
}

/** The end of a heading: ` at N = 18, Ω/Ω_c = 0.73`. */
export function atSystem(parameters: SystemParameters) {
  return html` at ${notation('*N*')} = ${parameters.atoms}, ${driveWords(parameters)}${moreWords(parameters)}`;
}

/** Both ends of an interval of drives, in as many digits as tell them apart. */
export function inWords({ from, to }: Interval, between: string): string {
  const isWide = to - from >= 0.001;
  return [from, to].map((end) => (isWide ? end.toFixed(3) : end.toPrecision(7))).join(` ${between} `);
}
