/** What the panels of a figure have computed, and what is said of them. */
import { check } from '../experiments/check';
import type { RunRequest } from '../experiments/run';
import { InputError } from '../parameters/errors';
import { flagOf, keysOf, pick } from '../parameters/options';
import { PRESETS, type Preset } from '../parameters/presets';
import type { PanelNumber } from './figure-numbers';
import { type FigureOption, type FigureOptions, figureTable } from './figure-options';
import { panels } from './panels';

/** What a panel shows with its own system, in the markup of `notation`. */
export function captionOf(number: PanelNumber): string {
  const { preset, shows } = panels[number];
  return shows ?? PRESETS[preset].description;
}

/** What of the options a panel takes, as on the command line. */
export const insteadOf = (number: PanelNumber, asked: FigureOptions): string =>
  panels[number].takes
    .flatMap((name) => (asked[name] === undefined ? [] : [`--${flagOf(name)} ${String(asked[name])}`]))
    .join(' ');

/**
 * What each panel has computed.
 * @param asked what is said in place of the figure's own: each panel heeds what it takes
 * @throws InputError naming an option that none of the panels takes, or one that a panel cannot do
 */
export function requestsOf(
  numbers: readonly PanelNumber[],
  asked: FigureOptions,
  engine?: unknown,
): ReadonlyMap<PanelNumber, readonly RunRequest[]> {
  const taken = new Set<FigureOption>(numbers.flatMap((number) => panels[number].takes));
  for (const name of keysOf(figureTable))
    if (asked[name] !== undefined && !taken.has(name)) {
      const which = numbers.length === 1 ? `figure ${numbers[0]} takes` : 'these figures take';
      const options = [...taken].map((name) => `--${flagOf(name)}`).join(', ') || 'none of its kind';
      throw new InputError(flagOf(name), asked[name], `left out: ${which} ${options}`);
    }
  return new Map(
    numbers.map((number) => {
      const requests = requestsOfPanel(number, asked).map((request) => ({ ...request, engine }));
      for (const request of requests) check(request);
      return [number, requests];
    }),
  );
}

function requestsOfPanel(number: PanelNumber, asked: FigureOptions): RunRequest[] {
  const panel = panels[number];
  const own: FigureOptions = pick(asked, panel.takes);
  const preset: Preset = PRESETS[panel.preset];
  const { atoms } = own;
  if (atoms !== undefined && !panel.comparesAtoms && atoms.length > 1)
    throw new InputError('atoms', atoms, `one whole number: figure ${number} is of one number of atoms`);
  const { ratio = 0 } = preset.system;
  if (atoms?.some((n) => n - 1 < ratio)) {
    const takes = `${Math.ceil(ratio) + 1} or more: figure ${number} has Gamma/gamma = ${ratio}, which is at most N - 1`;
    throw new InputError('atoms', atoms, takes);
  }
  return panel.requests(preset, own);
}
