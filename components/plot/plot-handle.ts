/** The handle of a plot's x, or of both axes: a line with a knob, dragged by pointer or moved by keys, a slider by role. */

import { short } from '../../src/drawing/number';

export interface HandleSpec {
  /** plain words, for a person who cannot see it */
  readonly label: string;
  readonly x: number;
  /** where the knob stands, in the plot's y */
  readonly y: number;
  /** other values of y at this x, each a dot */
  readonly dots: readonly number[];
  readonly min: number;
  readonly max: number;
  /** one press of an arrow key; Page Up and Page Down go ten times as far */
  readonly step: number;
  /** where it moves y too: up and down arrows are then y's, and the words say both */
  readonly vertical?: {
    readonly min: number;
    readonly max: number;
    readonly step: number;
    readonly words: string;
  };
  /** what lies beyond it is yet to come, and hardly seen */
  readonly veiled?: boolean;
}

export interface HandlePlace {
  readonly xAt: (left: number) => number;
  readonly yAt: (top: number) => number;
  readonly place: (x: number, y: number) => { left: number; top: number };
}

/** Lives in the plot's `over` element; `onMove` gets the place a person chose, rounded to a tenth of a step. */
export class PlotHandle {
  private readonly line = document.createElement('div');
  private readonly level = document.createElement('div');
  private readonly words = document.createElement('span');
  private readonly levelWords = document.createElement('span');
  private readonly knob = document.createElement('div');
  private readonly veil = document.createElement('div');
  private dots: HTMLElement[] = [];

  constructor(
    private readonly over: HTMLElement,
    private spec: HandleSpec,
    private readonly chart: HandlePlace,
    private readonly onMove: (x: number, y: number) => void,
  ) {
    this.line.className = 'handle-line';
    this.level.className = 'handle-level';
    this.line.append(this.words);
    this.level.append(this.levelWords);
    this.knob.className = 'handle-knob';
    this.knob.tabIndex = 0;
    this.knob.role = 'slider';
    this.knob.addEventListener('keydown', (event) => this.key(event));
    over.classList.add('has-handle');
    this.veil.className = 'handle-veil';
    over.append(this.veil, this.line, this.level, this.knob);
    over.addEventListener('pointerdown', (event) => this.grab(event));
    this.show(spec);
  }

  show(spec: HandleSpec): void {
    this.spec = spec;
    const { left, top } = this.chart.place(spec.x, spec.y);
    this.line.style.left = `${left}px`;
    this.knob.style.left = `${left}px`;
    this.knob.style.top = `${top}px`;
    this.level.style.top = `${top}px`;
    this.level.hidden = !spec.vertical;
    this.words.textContent = short(spec.x);
    this.levelWords.textContent = short(spec.y);
    this.over.classList.toggle('moves-both', spec.vertical !== undefined);
    this.veil.hidden = !spec.veiled;
    this.veil.style.left = `${left}px`;
    for (const dot of this.dots) dot.remove();
    this.dots = spec.dots.map((y) => {
      const dot = document.createElement('div');
      dot.className = 'handle-dot';
      dot.style.left = `${left}px`;
      dot.style.top = `${this.chart.place(spec.x, y).top}px`;
      return dot;
    });
    this.over.append(...this.dots);
    this.knob.ariaLabel = spec.label;
    this.knob.ariaValueMin = String(spec.min);
    this.knob.ariaValueMax = String(spec.max);
    this.knob.ariaValueNow = String(spec.x);
    this.knob.ariaValueText = spec.vertical?.words ?? null;
  }

  private grab(event: PointerEvent): void {
    if (event.button !== 0) return;
    const { over } = this;
    // From where the plot stood when it was taken: what a move changes above it must not move the handle in turn.
    const { left, top } = over.getBoundingClientRect();
    const move = (e: PointerEvent) =>
      this.move(this.chart.xAt(e.clientX - left), this.chart.yAt(e.clientY - top));
    over.setPointerCapture(event.pointerId);
    over.addEventListener('pointermove', move);
    over.addEventListener('lostpointercapture', () => over.removeEventListener('pointermove', move), {
      once: true,
    });
    this.knob.focus({ preventScroll: true });
    event.preventDefault();
    move(event);
  }

  private key(event: KeyboardEvent): void {
    const { x, y, min, max, step, vertical } = this.spec;
    const places: Readonly<Record<string, readonly [x: number, y: number]>> = {
      ArrowLeft: [x - step, y],
      ArrowRight: [x + step, y],
      ArrowDown: vertical ? [x, y - vertical.step] : [x - step, y],
      ArrowUp: vertical ? [x, y + vertical.step] : [x + step, y],
      PageDown: [x - 10 * step, y],
      PageUp: [x + 10 * step, y],
      Home: [min, y],
      End: [max, y],
    };
    const to = places[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.move(...to);
  }

  private move(x: number, y: number): void {
    const { spec } = this;
    const { vertical } = spec;
    const to = {
      x: within(x, spec, spec.x),
      y: vertical ? within(y, vertical, spec.y) : spec.y,
    };
    if (to.x === spec.x && to.y === spec.y) return;
    // The next key may come before the plot is drawn anew.
    this.spec = { ...spec, ...to };
    this.onMove(to.x, to.y);
  }
}

/** Rounded to a tenth of a step, and inside the limits; where it has not moved by as much as that, what it was. */
function within(
  value: number,
  { min, max, step }: { readonly min: number; readonly max: number; readonly step: number },
  was: number,
): number {
  const fine = 10 / step;
  const rounded = Math.round(Math.min(max, Math.max(min, value)) * fine) / fine;
  const inside = Math.min(max, Math.max(min, rounded));
  return Math.abs(value - was) < 1e-9 * step ? was : inside;
}
