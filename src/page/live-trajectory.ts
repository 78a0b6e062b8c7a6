/**
 * The trajectory that the page watches: one walk without an end of the present system, by photodetection, in a worker of its own. Who
 * shows it asks for nothing: it fires `samples` once a frame while somebody watches, and `change` when how it goes on has changed.
 */
import type { SystemParameters } from '../parameters/system';

/** At a time t. */
export interface LiveSample {
  /** since the walk began, in units of 1/`LiveTrajectory.unit.rate` */
  readonly t: number;
  readonly Sz: number;
  readonly j: number;
  /** the committor, the chance to end up in rho_+; null while it is not known */
  readonly p: number | null;
  /** the drive that it was walked with: Omega/Omega_c, or Omega where Omega_c = 0 */
  readonly drive: number;
}

export interface LiveJump {
  readonly t: number;
  readonly process: 'emission' | 'pumping' | 'dephasing';
  /** of all atoms together, or of one of them */
  readonly isCollective: boolean;
  /** after it */
  readonly j: number;
}

/** The state at the last sample, of norm 1, in the real gauge (src/operators/pyramid.ts): amplitudes in |j, m>, m rising from -j. */
export interface LiveState {
  readonly j: number;
  /** b = N/2 - j */
  readonly block: number;
  /** 2j + 1 */
  readonly re: Float32Array;
  /** null of a system whose amplitudes are real */
  readonly im: Float32Array | null;
}

/** Events: `samples` (new ones), `change` (system, pace, committor or a fault), `restart` (from the ground state, samples emptied). */
export declare class LiveTrajectory extends EventTarget {
  /** what it walks; null before there is one, and where it cannot be watched */
  readonly parameters: SystemParameters | null;
  /** the last that fill the window, oldest first */
  readonly samples: readonly LiveSample[];
  /** those since the samples before, oldest first; of many the last */
  readonly jumps: readonly LiveJump[];
  /** at the last sample */
  readonly state: LiveState | null;
  readonly isPlaying: boolean;
  /** Says whether somebody sees it: it walks while one does and the page is in sight. */
  watch(watcher: object, isInSight: boolean): void;
}
