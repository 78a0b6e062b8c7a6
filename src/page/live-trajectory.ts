/**
 * The trajectory that the page watches: one walk without an end of the present system, by photodetection, in a worker of its own, which
 * walks as far as a frame wants and then rests. It walks while somebody who watches has it in sight.
 */
import { driveValue } from '../figures/mean-field-plots';
import { inUnit, ownUnit, type SystemParameters, sameSystem } from '../parameters/system';
import type { FromLiveWorker, ToLiveWorker } from '../trajectories/live-messages';
import type { Stretch } from '../trajectories/live-walk';
import { isDear, isLarge, type LifeTime, lifeTime, spacing, windowLength } from './live-pace';
import { TwoStatesWatch } from './two-states-watch';

/** At a time t. */
export interface LiveSample {
  /** since the walk began, in units of 1/`LiveTrajectory.lifeTime.rate` */
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
  readonly re: ArrayLike<number>;
  /** null of a system whose amplitudes are real */
  readonly im: ArrayLike<number> | null;
}

/** Time averages since the system last changed. */
export interface LiveAverages {
  readonly samples: number;
  /** from m = -N/2 up */
  readonly Pm: Float64Array;
}

/** Times `unitsPerSecond`. */
export const speeds = [1, 4, 16] as const;
export type Speed = (typeof speeds)[number];
const unitsPerSecond = 4;

/** Processor time that a frame's walk may take, and a still picture's between two looks at the world, ms. */
const patience = { frame: 20, still: 60 };
/** From one frame that walks to the next, ms: two of a screen's sixty a second. */
const shortestFrame = 30;
/** After a frame that came late no more is caught up on, s. */
const longestFrame = 0.1;

const inWindow = windowLength / spacing + 1;

const stillness = matchMedia('(prefers-reduced-motion: reduce)');
const processes = ['emission', 'pumping', 'dephasing'] as const;

/** What was asked of the worker. */
interface Asked {
  readonly parameters: SystemParameters;
  readonly drive: number;
  readonly restarts: number;
}

/**
 * Events: `samples` (there are new ones), `restart` (from the ground state, samples emptied), `change` (the system, how it goes on,
 * what is known of the two states, or a fault).
 */
export class LiveTrajectory extends EventTarget {
  /** what it walks or would; null before there is one */
  parameters: SystemParameters | null = null;
  lifeTime: LifeTime | null = null;
  readonly #window: LiveSample[] = [];
  /** those since the samples before, oldest first */
  jumps: readonly LiveJump[] = [];
  /** at the last sample */
  state: LiveState | null = null;
  averages: LiveAverages | null = null;
  isPlaying = !stillness.matches;
  speed: Speed = 1;
  /** why it walks no more, for a person */
  failure = '';
  readonly twoStates = new TwoStatesWatch(() => {
    // A window that never moved is walked anew, in their colours.
    if (this.twoStates.states && this.#isStill) this.#wantStill();
    this.#changed();
  });

  /** opened before it is needed; null once it failed, until it is needed again */
  #worker: Worker | null = this.#open();
  #asked: Asked | null = null;
  /** of the system that is averaged over */
  #averaged: SystemParameters | null = null;
  #told = { parameters: null as SystemParameters | null, committor: null as Float64Array | null };
  #restarts = 0;
  #restartsTold = 0;
  #walked = 0;
  #due = 0;
  /** the window was walked to stand still */
  #isStill = false;
  /** samples that it lacks */
  #still = 0;
  #lastFrame: number | null = null;
  #frame = 0;
  readonly #inSight = new Set<object>();
  #isAllowed = false;

  constructor() {
    super();
    stillness.addEventListener('change', ({ matches }) => {
      if (matches) this.pause();
    });
    document.addEventListener('visibilitychange', () => this.#goOn());
  }

  /** the last that fill the window, oldest first: always the same list */
  get samples(): readonly LiveSample[] {
    return this.#window;
  }

  /** More atoms than are watched without being asked. */
  get waitsForLeave(): boolean {
    return this.parameters !== null && isLarge(this.parameters) && !this.#isAllowed;
  }

  /** A sample would take too long. */
  get isTooDear(): boolean {
    return this.parameters !== null && isDear(this.parameters);
  }

  /** The system that is watched from here on: of as many atoms from the present state, else from the ground state. */
  follow(parameters: SystemParameters): void {
    const old = this.parameters;
    if (old && sameSystem(old, parameters)) return;
    this.parameters = parameters;
    this.lifeTime = lifeTime(parameters);
    this.twoStates.follow(parameters);
    if (old?.atoms !== parameters.atoms) this.#isAllowed = false;
    if (old?.atoms !== parameters.atoms || this.failure !== '') this.#empty();
    this.failure = '';
    this.#wantStill();
    // The code and the first tables are there when somebody looks.
    if (!old && !this.waitsForLeave && !this.isTooDear) this.#ask(0, 0);
    this.#changed();
  }

  /** Says whether somebody has it in sight: it walks while one has, and the page is in sight. */
  watch(watcher: object, isInSight: boolean): void {
    if (isInSight) this.#inSight.add(watcher);
    else this.#inSight.delete(watcher);
    this.#goOn();
  }

  play(): void {
    this.isPlaying = true;
    this.#wantStill();
    this.#changed();
  }

  pause(): void {
    this.isPlaying = false;
    this.#changed();
  }

  setSpeed(speed: Speed): void {
    this.speed = speed;
    this.#changed();
  }

  /** Walks a large system too. */
  allow(): void {
    this.#isAllowed = true;
    this.#wantStill();
    this.#changed();
  }

  /** From the ground state, another trajectory. */
  restart(): void {
    this.#restarts++;
    this.failure = '';
    this.#empty();
    this.#wantStill();
    this.#changed();
  }

  #empty(): void {
    this.#window.length = 0;
    [this.jumps, this.state, this.averages] = [[], null, null];
    this.#walked = 0;
    this.dispatchEvent(new Event('restart'));
  }

  /** While it does not play, its picture is a window of samples that stands still. */
  #wantStill(): void {
    this.#isStill = !this.isPlaying;
    this.#still = this.#isStill ? inWindow : 0;
    // Time that a still window spans is owed to nobody when it plays again.
    this.#due = 0;
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
    this.#goOn();
  }

  get #isSeen(): boolean {
    return this.#inSight.size > 0 && !document.hidden;
  }

  get #walks(): boolean {
    return this.#isSeen && this.failure === '' && !this.waitsForLeave && !this.isTooDear;
  }

  #goOn(): void {
    this.twoStates.watch(this.#isSeen && !this.waitsForLeave);
    if (!this.#walks || this.parameters === null) return;
    if (this.isPlaying && this.#frame === 0) {
      this.#lastFrame = null;
      this.#frame = requestAnimationFrame((now) => this.#next(now));
    } else if (!this.isPlaying && this.#still > 0 && !this.#asked) {
      this.#ask(Math.min(this.#still, 256), patience.still);
    }
  }

  #next(now: number): void {
    this.#frame = 0;
    if (!this.#walks || !this.isPlaying) return;
    this.#frame = requestAnimationFrame((later) => this.#next(later));
    // Half the frames of most screens are as smooth to the eye, and cost a machine without a GPU half as much.
    if (this.#lastFrame !== null && now - this.#lastFrame < shortestFrame) return;
    const seconds = Math.min(longestFrame, (now - (this.#lastFrame ?? now)) / 1000);
    this.#lastFrame = now;
    const rate = (unitsPerSecond * this.speed) / spacing;
    this.#due = Math.min(this.#due + seconds * rate, longestFrame * rate + 1);
    if (this.#due >= 1 && !this.#asked) this.#ask(Math.floor(this.#due), patience.frame);
  }

  #ask(samples: number, patience: number): void {
    const parameters = this.parameters!;
    const { committor } = this.twoStates;
    const isNew = this.#told.parameters !== parameters || this.#told.committor !== committor;
    const unit = ownUnit(parameters);
    const interval = (spacing * unit) / this.lifeTime!.rate;
    const message: ToLiveWorker = {
      follow: isNew ? { system: inUnit(parameters, unit), interval, committor } : null,
      restart: this.#restartsTold < this.#restarts,
      samples,
      patience,
    };
    this.#worker ??= this.#open();
    this.#told = { parameters, committor };
    this.#restartsTold = this.#restarts;
    this.#asked = { parameters, drive: driveValue(parameters), restarts: this.#restarts };
    this.#worker.postMessage(message);
  }

  #open(): Worker {
    const worker = new Worker(new URL('../trajectories/live-worker.ts', import.meta.url), {
      type: 'module',
      name: 'live trajectory',
    });
    worker.onmessage = ({ data }: MessageEvent<FromLiveWorker>) => this.#hear(data);
    worker.onerror = ({ message }) => this.#fail(message || 'its worker did not load');
    return worker;
  }

  #fail(why: string): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#asked = null;
    this.#told = { parameters: null, committor: null };
    this.failure = why;
    this.#changed();
  }

  #hear(said: FromLiveWorker): void {
    const asked = this.#asked;
    this.#asked = null;
    if (!asked) return;
    if ('failure' in said) {
      this.#fail(said.failure);
      return;
    }
    // What was asked before the walk began anew is no part of it.
    const isPast = asked.restarts !== this.#restarts || asked.parameters.atoms !== this.parameters?.atoms;
    if (!isPast) {
      this.jumps = [];
      for (const stretch of said.stretches) this.#take(stretch, asked);
      if (this.isPlaying || this.#still <= 0) this.dispatchEvent(new Event('samples'));
    }
    this.#goOn();
  }

  #take({ Sz, j, committor, Pm, jumps, state }: Stretch, { parameters, drive }: Asked): void {
    const count = Sz.length;
    const first = this.#walked;
    this.#walked += count;
    if (this.isPlaying) this.#due -= count;
    this.#still -= count;
    let spin = this.#window[this.#window.length - 1]?.j ?? parameters.atoms / 2;
    this.jumps = [
      ...this.jumps,
      ...jumps.channel.map((channel, i): LiveJump => {
        spin += [0, 0, -1, 1][channel & 3];
        const t = (first - 1 + jumps.at[i]) * spacing;
        return { t, process: processes[channel >> 2], isCollective: (channel & 3) === 0, j: spin };
      }),
    ];
    const fresh = Sz.map(
      (value, i): LiveSample => ({
        t: (first + i) * spacing,
        Sz: value,
        j: j[i],
        p: committor?.[i] ?? null,
        drive,
      }),
    );
    this.#window.push(...fresh);
    this.#window.splice(0, this.#window.length - inWindow);
    const { block, re, im } = state;
    this.state = { j: parameters.atoms / 2 - block, block, re, im };
    this.#average(parameters, count, Pm);
  }

  #average(parameters: SystemParameters, count: number, Pm: ArrayLike<number>): void {
    const goesOn = this.#averaged === parameters && this.averages !== null;
    const old = goesOn ? this.averages : null;
    this.#averaged = parameters;
    const samples = (old?.samples ?? 0) + count;
    const share = count / samples;
    this.averages = {
      samples,
      Pm: Float64Array.from(Pm, (value, i) => (1 - share) * (old?.Pm[i] ?? 0) + share * value),
    };
  }
}
