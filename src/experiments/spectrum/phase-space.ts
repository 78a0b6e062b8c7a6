/** What shows a state at one look: p(j, m), and Husimi's Q on the sphere. */
import { type Fields, group, number, optional, over, type ResultOf } from '../fields';
import { momentFields } from './state-fields';

/** The option `phaseSpace` of what finds states. */
export const phaseSpace = {
  value: { kind: 'choice', of: ['off', 'on'], default: 'off' },
  help: "on: p(j, m) of the states and Husimi's Q on the sphere too",
} as const;

const { squeezing: _, ...spinMoments } = momentFields;

const moments = group({
  ...spinMoments,
  /** <S_x S_y + S_y S_x> / 2, and so on */
  SxSy: number(),
  SxSz: number(),
  SySz: number(),
});

/** Values to 12 decimals, which the bounds include. */
const pictureFields = {
  moments,
  /** from j = N/2 down, in each from m = -j up */
  Pjm: over('j', over('m', number())),
  /**
   * Q[ring][azimuth], a density on the unit sphere in the paper's axes, at theta = (ring + 1/2) pi / rings, 0 at spin up, and phi =
   * 2 pi azimuth / azimuths, 0 along x: with 2 rings azimuths, all that there is of Q (above 36 atoms: all that float64 tells of it)
   */
  Q: over('theta', over('phi', number())),
} as const satisfies Fields;
export type StatePicture = ResultOf<typeof pictureFields>;

/** Bounds as those of a state's summary: of Pjm and Q on each entry. */
const pictureErrorFields = { moments, Pjm: number(), Q: number() } as const satisfies Fields;
export type StatePictureErrors = ResultOf<typeof pictureErrorFields>;

/** By state: there where it was asked for. */
export const phaseSpaceFields = <Name extends string>(...names: readonly Name[]) => ({
  picture: optional(group(ofEach(names, group(pictureFields)))),
  errors: optional(group(ofEach(names, group(pictureErrorFields)))),
});

const ofEach = <Name extends string, Of>(names: readonly Name[], of: Of) =>
  Object.fromEntries(names.map((name) => [name, of])) as Record<Name, Of>;

/** How a result tells that it was asked for. */
export const toldPhaseSpace = ({ phaseSpace }: { readonly phaseSpace?: unknown }) => ({
  phaseSpace: phaseSpace === undefined ? undefined : 'on',
});
