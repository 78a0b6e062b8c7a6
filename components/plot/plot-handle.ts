/** The handle of a plot's x: a vertical line with a knob, dragged by pointer or moved by keys, a slider by role. */

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
  /** what lies beyond it is yet to come, and hardly seen */
  readonly veiled?: boolean;
}

export interface HandlePlace {
  readonly xAt: (left: number) => number;
  readonly place: (x: number, y: number) => { left: number; top: number };
}

/** Lives in the plot's `over` element; `onMove` gets the x a person chose, rounded to a tenth of a step. */
export class PlotHandle {
  private readonly line = document.createElement('div');
  private readonly knob = document.createElement('div');
  private readonly veil = document.createElement('div');
  private dots: HTMLElement[] = [];

  constructor(
    private readonly over: HTMLElement,
    private spec: HandleSpec,
    private readonly chart: HandlePlace,
    private readonly onMove: (x: number) => void,
  ) {
    this.line.className = 'handle-line';
    this.knob.className = 'handle-knob';
    this.knob.tabIndex = 0;
    this.knob.role = 'slider';
    this.knob.addEventListener('keydown', (event) => this.key(event));
    over.classList.add('has-handle');
    this.veil.className = 'handle-veil';
    over.append(this.veil, this.line, this.knob);
    over.addEventListener('pointerdown', (event) => this.grab(event));
    this.show(spec);
  }

  show(spec: HandleSpec): void {
    this.spec = spec;
    const { left, top } = this.chart.place(spec.x, spec.y);
    this.line.style.left = `${left}px`;
    this.knob.style.left = `${left}px`;
    this.knob.style.top = `${top}px`;
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
  }

  private grab(event: PointerEvent): void {
    if (event.button !== 0) return;
    const { over } = this;
    const move = (e: PointerEvent) =>
      this.move(this.chart.xAt(e.clientX - over.getBoundingClientRect().left));
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
    const { x, min, max, step } = this.spec;
    const to = {
      ArrowLeft: x - step,
      ArrowDown: x - step,
      ArrowRight: x + step,
      ArrowUp: x + step,
      PageDown: x - 10 * step,
      PageUp: x + 10 * step,
      Home: min,
      End: max,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.move(to);
  }

  private move(x: number): void {
    const { min, max, step } = this.spec;
    const fine = 10 / step;
    const rounded = Math.round(Math.min(max, Math.max(min, x)) * fine) / fine;
    if (rounded === this.spec.x) return;
    // The next key may come before the plot is drawn anew.
    this.spec = { ...this.spec, x: rounded };
    this.onMove(rounded);
  }
}
