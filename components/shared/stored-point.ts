/** What a panel's plots and numbers of one drive show while the drive is dragged: a run of that very system, or a point of a sweep. */
import { html, nothing } from 'lit';
import type { ResultDocument } from '../../src/experiments/experiment';
import { driveOf } from '../../src/figures/mean-field-behind';
import { type SystemParameters, sameSystem } from '../../src/parameters/system';
import { driveWords } from '../parameters/system-words';

export interface ShownPoint<Document> {
  readonly document: Document | undefined;
  /** it is a sweep's point next to the present drive, not a run of the present system */
  readonly isStored: boolean;
  /** it is neither */
  readonly isStale: boolean;
}

/**
 * @param own the single run's result
 * @param isOwnStale it is of another system
 * @param points those of the sweep
 */
export function shownPoint<Document extends ResultDocument>(
  own: Document | undefined,
  isOwnStale: boolean,
  points: readonly Document[],
  parameters: SystemParameters,
): ShownPoint<Document> {
  if (own && !isOwnStale) return { document: own, isStored: false, isStale: false };
  const stored = nearestPoint(points, parameters);
  if (stored) return { document: stored, isStored: true, isStale: false };
  return { document: own, isStored: false, isStale: isOwnStale };
}

/** The point next to the present drive of a sweep of the present system; none where that lies more than a step beyond the sweep's ends. */
export function nearestPoint<Document extends ResultDocument>(
  points: readonly Document[],
  parameters: SystemParameters,
): Document | undefined {
  const { omega, driveOverCritical } = parameters;
  const of = points.filter((point) => sameSystem({ ...point.parameters, omega }, parameters));
  const drive = driveOverCritical ?? omega;
  const drives = of.map(driveOf).sort((a, b) => a - b);
  const step = drives.slice(1).reduce((widest, at, i) => Math.max(widest, at - drives[i]), 0);
  const distance = (point: Document) => Math.abs(driveOf(point) - drive);
  const [nearest] = of.toSorted((a, b) => distance(a) - distance(b));
  return nearest && distance(nearest) <= 1.000001 * step ? nearest : undefined;
}

/** The beginning of a finding. */
export const whereOf = ({ document, isStored }: ShownPoint<ResultDocument>) =>
  document && isStored ? html`At ${driveWords(document.parameters)}, a point of the sweep,` : 'Here';

/** The end of a heading, after the system's words. */
export const storedWords = ({ isStored }: ShownPoint<unknown>) =>
  isStored ? html`<small>, a point of the sweep</small>` : nothing;
