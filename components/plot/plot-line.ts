/** A thin line across a plot at one x, such as the present drive: it can be dragged, and beside it the plot still zooms. */

export interface PlotLineSpec {
  readonly x: number;
  /** what stands at its foot, in plain words */
  readonly words: string;
  /** a drag is rounded to this */
  readonly step: number;
}

export interface LinePlaces {
  /** of the plotting area: asking the page for it would lay it out anew at every move */
  readonly width: number;
  readonly xAt: (left: number) => number;
  readonly place: (x: number, y: number) => { left: number };
}

/**
 * Lives in the plot's `over` element. For the pointer alone: by keys the same value is set at its slider and in its field, and a
 * tab stop a plot would be many.
 */
export class PlotLine {
  private readonly line = document.createElement('div');
  private readonly words = document.createElement('span');

  constructor(
    private readonly over: HTMLElement,
    private spec: PlotLineSpec,
    private readonly chart: LinePlaces,
    onMove: (x: number) => void,
  ) {
    this.line.className = 'drive-line';
    this.line.ariaHidden = 'true';
    this.line.append(this.words);
    over.append(this.line);
    // The plot's own drag is a zoom, which begins with the mouse event.
    this.line.addEventListener('mousedown', (event) => event.stopPropagation());
    this.line.addEventListener('pointerdown', (event) => this.grab(event, onMove));
    this.show(spec);
  }

  show(spec: PlotLineSpec): void {
    this.spec = spec;
    const { left } = this.chart.place(spec.x, 0);
    const { width } = this.chart;
    this.line.hidden = !(left >= -0.5 && left <= width + 0.5);
    this.line.style.left = `${left}px`;
    this.line.classList.toggle('at-right', left > width - 40);
    this.words.textContent = spec.words;
  }

  remove(): void {
    this.line.remove();
  }

  private grab(event: PointerEvent, onMove: (x: number) => void): void {
    if (event.button !== 0) return;
    const { over, line } = this;
    const move = (e: PointerEvent) => {
      const box = over.getBoundingClientRect();
      const left = Math.min(box.width, Math.max(0, e.clientX - box.left));
      const { step, x } = this.spec;
      const rounded = Number((Math.round(this.chart.xAt(left) / step) * step).toPrecision(9));
      if (rounded !== x) onMove(rounded);
    };
    line.setPointerCapture(event.pointerId);
    line.addEventListener('pointermove', move);
    line.addEventListener('lostpointercapture', () => line.removeEventListener('pointermove', move), {
      once: true,
    });
    event.preventDefault();
    event.stopPropagation();
  }
}
