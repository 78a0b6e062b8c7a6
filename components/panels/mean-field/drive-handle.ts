import { driveEnd, driveValue } from '../../../src/figures/mean-field-plots';
import type { Branch } from '../../../src/mean-field/branches';
import type { SystemParameters } from '../../../src/parameters/system';
import type { HandleSpec } from '../../plot/plot-handle';

/** The drive as a handle on the lowest branch, with dots on the other stable ones. */
export function driveHandle(
  parameters: SystemParameters,
  [lowest, ...others]: readonly Branch[],
): HandleSpec {
  const end = driveEnd(parameters);
  return {
    label: 'Drive',
    x: driveValue(parameters),
    y: lowest?.sz ?? 0,
    dots: others.flatMap(({ sz, stable }) => (stable ? [sz] : [])),
    min: 0,
    max: end,
    step: end > 10 || parameters.driveOverCritical === null ? end / 120 : 0.01,
  };
}
