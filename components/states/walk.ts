/** The trajectory that the page watches, as far as pictures of states need it. */

/** Fires `samples` and `restart`; times in any one unit. */
export interface Walk extends EventTarget {
  /** null before there is one */
  readonly parameters: { readonly atoms: number } | null;
  /** the last ones, oldest first */
  readonly samples: readonly { readonly t: number; readonly Sz: number; readonly j: number }[];
  /** since the samples before, oldest first */
  readonly jumps: readonly { readonly t: number; readonly isCollective: boolean; readonly j: number }[];
  /** at the last sample: amplitudes in |j, m> from m = -j up, in the real gauge */
  readonly state: {
    readonly j: number;
    readonly re: ArrayLike<number>;
    readonly im: ArrayLike<number> | null;
  } | null;
  /** Says whether somebody sees it: it walks while one does. */
  watch(watcher: object, isInSight: boolean): void;
}

/** A place of the walk in the triangle, and how it came there. */
export interface Step {
  readonly t: number;
  readonly Sz: number;
  readonly j: number;
  readonly by: 'drift' | 'collective jump' | 'individual jump';
}

/** Samples and jumps that a picture shows of the walk. */
const kept = 90;

/** Where a walk has been of late. */
export class Trail {
  steps: readonly Step[] = [];

  /** Takes what is new since the last call. */
  take({ samples, jumps }: Walk): void {
    const last = samples.at(-1);
    // Time that runs back is another walk's.
    if (last && this.steps.length > 0 && last.t < this.steps[this.steps.length - 1].t) this.clear();
    const since = this.steps.at(-1)?.t ?? Number.NEGATIVE_INFINITY;
    const fresh = samples.filter(({ t }) => t > since);
    const steps: Step[] = [
      ...fresh.map(({ t, Sz, j }): Step => ({ t, Sz, j, by: 'drift' })),
      ...jumps
        .filter(({ t }) => t > since)
        .map(({ t, j, isCollective }): Step => {
          // <S_z> is known at samples: the jump stands where the next one finds it.
          const Sz = fresh.find((sample) => sample.t >= t)?.Sz ?? last?.Sz ?? 0;
          return { t, Sz, j, by: isCollective ? 'collective jump' : 'individual jump' };
        }),
    ].sort((a, b) => a.t - b.t);
    this.steps = [...this.steps, ...steps].slice(-kept);
  }

  clear(): void {
    this.steps = [];
  }
}
