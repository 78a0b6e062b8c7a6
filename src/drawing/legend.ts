/** What stands in a plot's legend, on the page and in a file. */
import { type Heat, scaleInWords } from './heat';
import type { Curve, Ink, PlotSpec } from './plot-spec';

export interface LegendEntry {
  /** in the markup of `notation` */
  readonly label: string;
  readonly ink: Ink;
  /** how its sample looks */
  readonly look: Curve['draw'] | 'mark' | 'scale' | 'band';
  readonly dashed: boolean;
  /** whose values it can tell, one of these at most; null for marks and shading */
  readonly curve: Curve | null;
  readonly heat?: Heat;
}

export function legendOf({ curves, heat, marks, bands, regions }: PlotSpec): LegendEntry[] {
  return [
    ...curves
      .filter(({ quiet }) => !quiet)
      .flatMap((curve): LegendEntry[] => {
        const { label, ink, draw, dashed = false, shade } = curve;
        const own = { label, ink, look: draw, dashed, curve };
        return shade ? [own, { ...own, label: shade.label, ink: shade.ink, curve: null }] : [own];
      }),
    ...(heat ? [heatEntry(heat)] : []),
    ...[...(bands ?? []), ...(regions ?? [])].map(
      ({ label, ink }) => ({ label, ink, look: 'band', dashed: false, curve: null }) as const,
    ),
    ...(marks ?? []).map(
      ({ label, ink }) => ({ label, ink, look: 'mark', dashed: false, curve: null }) as const,
    ),
  ];
}

/** The ink of a heat that names none. */
export const heatInk: Ink = 'trace';

function heatEntry(heat: Heat): LegendEntry {
  const { label, ink = heatInk } = heat;
  return { label: `${label}, ${scaleInWords(heat)}`, ink, look: 'scale', dashed: false, curve: null, heat };
}
