/** What stands in a plot's legend, on the page and in a file. */
import type { Curve, Ink, PlotSpec } from './plot-spec';

export interface LegendEntry {
  /** in the markup of `notation` */
  readonly label: string;
  readonly ink: Ink;
  /** how its sample looks */
  readonly look: Curve['draw'] | 'mark';
  readonly dashed: boolean;
  /** whose values it can tell; null for the heat and for marks */
  readonly curve: Curve | null;
}

export function legendOf({ curves, heat, marks }: PlotSpec): LegendEntry[] {
  return [
    ...curves
      .filter(({ quiet }) => !quiet)
      .flatMap((curve): LegendEntry[] => {
        const { label, ink, draw, dashed = false, shade } = curve;
        const own = { label, ink, look: draw, dashed, curve };
        return shade ? [own, { ...own, label: shade.label, ink: shade.ink, curve: null }] : [own];
      }),
    ...(heat ? [{ label: heat.label, ink: heatInk, look: 'bars', dashed: false, curve: null } as const] : []),
    ...(marks ?? []).map(
      ({ label, ink }) => ({ label, ink, look: 'mark', dashed: false, curve: null }) as const,
    ),
  ];
}

/** The ink of a density behind the curves. */
export const heatInk: Ink = 'trace';
