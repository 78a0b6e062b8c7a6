/** Refusals in the page's words: its fields' names and symbols in place of the command line's. */
import { plainNotation } from '../../src/drawing/notation';
import { InputError } from '../../src/parameters/errors';
import { type Field, fieldOptions } from './fields';

const greek: Readonly<Record<string, string>> = { Omega: 'Ω', Gamma: 'Γ', gamma: 'γ' };

function nameOf(argument: string): string | undefined {
  const page = Object.hasOwn(fieldOptions, argument) ? fieldOptions[argument as Field].page : undefined;
  return page && plainNotation(page.symbol ?? page.label);
}

const inPageWords = (text: string) =>
  text
    .replace(/--([a-z0-9-]+)/g, (all, argument: string) => nameOf(argument) ?? all)
    .replace(/\bgamma(?=1D|F)/g, 'γ_')
    .replace(/\b(Omega|Gamma|gamma)(?![a-z])/g, (name) => greek[name]);

/** What is wrong, for beside the field at fault or another one. */
export const problemAt = (field: string, error: InputError) =>
  field === error.argument ? `Must be ${inPageWords(error.takes)}.` : `${errorOnPage(error)}.`;

/** An error in full. */
export function errorOnPage(error: Error): string {
  if (!(error instanceof InputError)) return error.message;
  return `${nameOf(error.argument) ?? error.argument} must be ${inPageWords(error.takes)}`;
}
