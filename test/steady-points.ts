/** Where ensembles are held against the master equation. Burn-ins leave less of the start than a tenth of an error. */
import { systemParameters } from '../src/parameters/system';
import { FIGURE_2B, FIGURE_4, SMALL } from './unit/reference';

export const small = { name: 'N = 5', system: SMALL.system, burnIn: 20 };
export const figure4 = { name: 'figure 4, N = 18', system: FIGURE_4.system, burnIn: 35 };
export const odd = {
  name: 'N = 21',
  system: systemParameters({ atoms: 21, ratio: 15.5, drive: 0.71 }),
  burnIn: 150,
};
export const figure2b = { name: 'figure 2b, N = 54', system: FIGURE_2B.system, burnIn: 100 };
/** Above the bistable region, where the dark port keeps 48 modes. */
export const above = {
  name: 'N = 26, drive 0.9',
  system: systemParameters({ atoms: 26, ratio: 15.5, drive: 0.9 }),
  burnIn: 30,
};
