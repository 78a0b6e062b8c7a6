/** The cursor of the player: where it is, and how it runs. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Window } from '../../../src/figures/player-plots';

/** The time that is on screen takes so long to run through at speed 1, s. */
const span = 24;
/** Without motion a press goes on by this share of what is on screen. */
const stepShare = 1 / 20;
/** A frame that came late moves no further than one that did not, s. */
const longestFrame = 0.1;

const still = matchMedia('(prefers-reduced-motion: reduce)');

export interface Track {
  /** what is on screen, and all that there is */
  readonly window: Window;
  readonly whole: Window;
}

/** Runs while the player is in sight and a tab that is seen; where no motion is wanted it goes a step a press. */
export class Playback implements ReactiveController {
  cursor = 0;
  speed = 1;
  isPlaying = false;
  private last = Number.NaN;
  private frame = 0;
  private isInSight = false;
  private readonly sight = new IntersectionObserver(([{ isIntersecting }]) => {
    this.isInSight = isIntersecting;
    this.schedule();
  });

  constructor(
    private readonly host: ReactiveControllerHost & Element,
    private readonly track: () => Track,
    /** shows another time where the cursor has left what is on screen */
    private readonly turn: (to: Window) => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.sight.observe(this.host);
    still.addEventListener('change', this.stilled);
  }

  hostDisconnected(): void {
    this.pause();
    this.sight.disconnect();
    still.removeEventListener('change', this.stilled);
  }

  private readonly stilled = () => {
    this.pause();
    this.host.requestUpdate();
  };

  get goesBySteps(): boolean {
    return still.matches;
  }

  toggle(): void {
    if (this.isPlaying) {
      this.pause();
      return;
    }
    const { window, whole } = this.track();
    if (this.cursor >= whole[1]) this.cursor = window[0];
    if (this.goesBySteps) {
      this.advance((window[1] - window[0]) * stepShare);
      return;
    }
    this.isPlaying = true;
    this.last = Number.NaN;
    this.schedule();
    this.host.requestUpdate();
  }

  pause(): void {
    this.isPlaying = false;
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.host.requestUpdate();
  }

  /** To a time, turning the page where it is not on screen. */
  to(time: number): void {
    const { window, whole } = this.track();
    const width = window[1] - window[0];
    this.cursor = Math.min(whole[1], Math.max(whole[0], time));
    if (this.cursor > window[1]) this.turn(within(whole, this.cursor, width));
    else if (this.cursor < window[0]) this.turn(within(whole, this.cursor - width, width));
    this.host.requestUpdate();
  }

  private advance(by: number): void {
    const end = this.track().whole[1];
    this.to(this.cursor + by);
    if (this.cursor >= end && this.isPlaying) this.pause();
  }

  private schedule(): void {
    if (!this.isPlaying || !this.isInSight || this.frame !== 0) return;
    this.last = Number.NaN;
    this.frame = requestAnimationFrame((now) => this.run(now));
  }

  private run(now: number): void {
    this.frame = 0;
    if (this.goesBySteps) this.pause();
    if (!this.isPlaying || !this.isInSight) return;
    const seconds = Math.min(longestFrame, (now - this.last) / 1000);
    this.last = now;
    const [from, to] = this.track().window;
    if (seconds > 0) this.advance(((to - from) / span) * this.speed * seconds);
    if (this.isPlaying) this.frame = requestAnimationFrame((next) => this.run(next));
  }
}

/** As much of the whole from there on as fits. */
export function within([least, most]: Window, from: number, width: number): Window {
  const start = Math.max(least, Math.min(from, most - width));
  return [start, Math.min(most, start + width)];
}
