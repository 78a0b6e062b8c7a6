/** Progress on standard error: a bar on a terminal, a line every few seconds elsewhere. */
import { Presets, SingleBar } from 'cli-progress';
import type { Progress } from '../experiments/experiment';
import { say } from './outlets';

const linesEvery = 5; // s

export interface ProgressView {
  show(progress: Progress): void;
  /** Makes room for other lines. */
  stop(): void;
}

/** Seconds as a person says them: 42 s, 3 min 20 s, 2 h 5 min. */
function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

function pace({ rate, eta, unit }: Progress): string {
  const speed = rate === null ? '' : `${Number(rate.toPrecision(3))} ${unit}/s`;
  const left = eta === null ? '' : `${duration(eta)} left`;
  return [speed, left].filter(Boolean).join(', ');
}

class Bar implements ProgressView {
  #bar: SingleBar | null = null;
  #phase = '';

  show(progress: Progress): void {
    if (progress.phase !== this.#phase) this.stop();
    const { phase, done, total, unit } = progress;
    const tokens = { phase, unit, pace: pace(progress) };
    if (this.#bar === null) {
      this.#phase = phase;
      this.#bar = new SingleBar(
        {
          format: '{phase} {bar} {value}/{total} {unit}  {pace}',
          stream: process.stderr,
          hideCursor: true,
          gracefulExit: false,
        },
        Presets.shades_classic,
      );
      this.#bar.start(total, done, tokens);
      return;
    }
    this.#bar.setTotal(total);
    this.#bar.update(done, tokens);
  }

  stop(): void {
    this.#bar?.stop();
    this.#bar = null;
  }
}

class Lines implements ProgressView {
  #shown = Number.NEGATIVE_INFINITY;

  show(progress: Progress): void {
    const now = performance.now() / 1000;
    if (now - this.#shown < linesEvery) return;
    this.#shown = now;
    const { phase, done, total, unit } = progress;
    const how = pace(progress);
    say(`${phase}: ${done}/${total} ${unit}${how && `, ${how}`}`);
  }

  stop(): void {}
}

export function progressView(): ProgressView {
  return process.stderr.isTTY ? new Bar() : new Lines();
}
