/** What stands in a plot's legend, on the page and in a file. */
import { type Heat, scaleInWords } from './heat';
import type { Curve, Ink, PlotSpec } from './plot-spec';

export interface LegendEntry {
  /** in the markup of `notation` */
  readonly label: string;
  readonly ink: Ink;
  /** how its sample looks */
  readonly look: Curve['draw'] | 'mark' | 'scale';
  readonly dashed: boolean;
  /** whose values it can tell; null for the heat and for marks */
  readonly curve: Curve | null;
}

export function legendOf({ curves, heat, marks }: PlotSpec): LegendEntry[] {
  return [
    ...curves
      .filter(({ quiet }) => !quiet)
      .map((curve): LegendEntry => {
        const { label, ink, draw, dashed = false } = curve;
        return { label, ink, look: draw, dashed, curve };
      }),
    ...(heat ? [heatEntry(heat)] : []),
    ...(marks ?? []).map(
      ({ label, ink }) => ({ label, ink, look: 'mark', dashed: false, curve: null }) as const,
    ),
  ];
}

/** The ink of a heat that names none. */
export const heatInk: Ink = 'trace';

function heatEntry(heat: Heat): LegendEntry {
  const { label, ink = heatInk } = heat;
  return { label: `${label}, ${scaleInWords(heat)}`, ink, look: 'scale', dashed: false, curve: null };
}
