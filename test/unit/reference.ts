import { type SystemParameters, systemParameters } from '../../src/parameters/system';
import everything from '../reference/general-N6.json';
import pumped from '../reference/general-N9-pumped.json';
import detuned from '../reference/general-N10-detuned.json';
import N5 from '../reference/point-N5-small.json';
import N18 from '../reference/point-N18-figure4.json';
import N24 from '../reference/point-N24-ratio15.5.json';
import N54 from '../reference/point-N54-figure2b.json';
import light from '../reference/radiation-N8-figure4-rates.json';

/** A point of test/reference, with its rates to full precision: the files print ten digits of them. */
export interface ReferencePoint<Numbers> {
  readonly system: SystemParameters;
  readonly numbers: Numbers;
}

export const FIGURE_4 = point(N18, systemParameters());
export const SMALL = point(N5, systemParameters({ atoms: 5, gamma1d: 2, omega: 1.6 }));
export const RATIO = point(N24, systemParameters({ atoms: 24, ratio: 15.5, drive: 0.722 }));
export const FIGURE_2B = point(N54, systemParameters({ atoms: 54, ratio: 15.5, drive: 0.75 }));

function point<Numbers>(numbers: Numbers, system: SystemParameters): ReferencePoint<Numbers> {
  return { numbers, system };
}

/** Points of the general model: all rates on, a laser without a drive, and a driven system off resonance. */
export const GENERAL = [
  { name: 'everything on, 6 atoms', ...general(everything) },
  { name: 'pumped, 9 atoms', ...general(pumped) },
  { name: 'off resonance, 10 atoms', ...general(detuned) },
];

/** Points at which the light is known: those, and the decay rates of figure 4 with 8 atoms. */
export const LIGHT = [{ name: 'figure 4 with 8 atoms', ...general(light) }, ...GENERAL];

function general<Numbers extends Pick<typeof everything, 'N' | 'parameters'>>(numbers: Numbers) {
  const { Omega, delta, Delta, gamma1D, gammaF, ...rates } = numbers.parameters;
  const system = systemParameters({
    ...{ atoms: numbers.N, gamma1d: gamma1D, gammaf: gammaF, omega: Omega },
    ...{ detuning: delta, collectiveShift: Delta },
    ...rates,
  });
  return { system, numbers };
}
