/** Where intervals are held against the truth, at which ensembles of 256 see plenty, little or nothing. */
import { FIGURE_4, SMALL } from './unit/reference';

/** j changes 4e-5 times a unit of time. */
export const weak = {
  name: 'weak drive, N = 2',
  system: { atoms: 2, gamma1d: 1, gammaf: 0.5, omega: 0.1 },
  ...{ time: 28, burnIn: 20, samples: 28 },
};
/** One photon in a window, or none. */
export const sparse = {
  name: 'few photons, N = 6',
  system: { atoms: 6, gamma1d: 2, gammaf: 1, omega: 0.25 },
  ...{ time: 14, burnIn: 10, samples: 28 },
};
/** From before the first changes of j on. */
export const early = {
  name: 'early times, N = 3',
  system: { atoms: 3, gamma1d: 0.5, gammaf: 2, omega: 0.6 },
  ...{ time: 6, burnIn: 4, samples: 60 },
};
export const plenty = {
  name: 'N = 5',
  system: inputOf(SMALL.system),
  ...{ time: 14, burnIn: 10, samples: 14 },
};
export const tails = {
  name: 'figure 4',
  system: inputOf(FIGURE_4.system),
  ...{ time: 44, burnIn: 36, samples: 22 },
};

function inputOf({ atoms, gamma1D, gammaF, omega }: typeof SMALL.system) {
  return { atoms, gamma1d: gamma1D, gammaf: gammaF, omega };
}
