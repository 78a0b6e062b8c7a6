/** A plot on the screen: builds uPlot's options from a spec and draws what uPlot does not (errors, marks). */
import uPlot from 'uplot';
import { type Heat, heatExtent, heatPicture } from './heat';
import { type Palette, sansFont } from './inks';
import { axisLimits, type Curve, type PlotSpec } from './plot-spec';
import { ticks, tickTexts } from './ticks';

export interface ChartListener {
  /** The x under the cursor, null when it left. */
  readonly onCursor: (x: number | null) => void;
  /** The plot stands as its data and size want it: places in it are valid from here on. */
  readonly onDraw: () => void;
  /** Whether x can be zoomed by dragging; a plot with a handle cannot. */
  readonly zoom: boolean;
}

export class UplotChart {
  private readonly plot: uPlot;
  private zoomed = false;
  private heat: { of: Heat; picture: HTMLCanvasElement } | null = null;

  constructor(
    host: HTMLElement,
    private spec: PlotSpec,
    private readonly palette: Palette,
    size: { width: number; height: number },
    listener: ChartListener,
  ) {
    this.plot = new uPlot(this.options(size, listener), aligned(spec), host);
  }

  /** The element over the plotting area, to place handles in. */
  get over(): HTMLElement {
    return this.plot.over;
  }

  /** Shows new data; the spec must have the `shape` of the one it was built with. */
  show(spec: PlotSpec): void {
    this.spec = spec;
    this.plot.setData(aligned(spec), !this.zoomed);
    if (this.zoomed) this.plot.redraw();
  }

  resize(width: number, height: number): void {
    this.plot.setSize({ width, height });
  }

  /** Zooms x about its middle; factor < 1 looks closer, 0 shows all. */
  zoom(factor: number): void {
    const [min, max] = axisLimits(this.spec, 'x');
    const now = this.plot.scales.x;
    const middle = ((now.min ?? min) + (now.max ?? max)) / 2;
    const half = ((now.max ?? max) - (now.min ?? min)) * 0.5 * factor;
    this.zoomed = factor !== 0 && 2 * half < max - min;
    this.plot.setScale(
      'x',
      this.zoomed ? { min: Math.max(min, middle - half), max: Math.min(max, middle + half) } : { min, max },
    );
  }

  /** Puts the cursor at x without a mouse. */
  pointAt(x: number): void {
    this.plot.setCursor({ left: this.plot.valToPos(x, 'x'), top: 0 });
  }

  /** CSS pixels in the plotting area to values and back. */
  xAt(left: number): number {
    return this.plot.posToVal(left, 'x');
  }
  place(x: number, y: number): { left: number; top: number } {
    return { left: this.plot.valToPos(x, 'x'), top: this.plot.valToPos(y, 'y') };
  }

  destroy(): void {
    this.plot.destroy();
  }

  private options(size: { width: number; height: number }, listener: ChartListener): uPlot.Options {
    const { palette } = this;
    const axis = {
      stroke: palette.text,
      font: `12px ${sansFont}`,
      grid: { stroke: palette.grid, width: 1 },
      ticks: { stroke: palette.grid, width: 1, size: 5 },
    };
    const distribution = (scale: 'linear' | 'log' | undefined) =>
      ({ distr: scale === 'log' ? 3 : 1 }) as const;
    return {
      ...size,
      pxAlign: 0,
      legend: { show: false },
      padding: [8, 14, 0, 0],
      cursor: { y: false, drag: { x: listener.zoom, y: false }, points: { size: 8, width: 2 } },
      select: { show: listener.zoom, left: 0, top: 0, width: 0, height: 0 },
      scales: {
        x: { time: false, range: () => axisLimits(this.spec, 'x'), ...distribution(this.spec.x.scale) },
        y: { range: () => axisLimits(this.spec, 'y'), ...distribution(this.spec.y.scale) },
      },
      axes: [
        { ...axis, size: 30, ...(this.spec.x.scale === 'log' && logAxis) },
        {
          ...axis,
          size: (_, values) => 16 + 7.2 * Math.max(2, ...(values ?? []).map((v) => v?.length ?? 0)),
          ...(this.spec.y.scale === 'log' && logAxis),
        },
      ],
      series: [{}, ...this.spec.curves.map((curve) => series(curve, palette))],
      hooks: {
        drawAxes: [
          (plot) => {
            this.drawHeat(plot);
            this.drawMarks(plot);
          },
        ],
        drawSeries: [(plot, index) => this.drawErrors(plot, this.spec.curves[index - 1])],
        draw: [() => listener.onDraw()],
        setCursor: [
          (plot) => {
            const { left } = plot.cursor;
            listener.onCursor(left === undefined || left < 0 ? null : plot.posToVal(left, 'x'));
          },
        ],
        setSelect: [
          () => {
            this.zoomed = true;
          },
        ],
        ready: [
          (plot) =>
            plot.over.addEventListener('dblclick', () => {
              this.zoomed = false;
            }),
        ],
      },
    };
  }

  private drawHeat({ ctx, bbox, valToPos }: uPlot): void {
    const { heat } = this.spec;
    if (!heat) return;
    if (this.heat?.of !== heat) this.heat = { of: heat, picture: heatPicture(heat, this.palette.trace) };
    const { x, y } = heatExtent(heat);
    const [left, right] = x.map((value) => valToPos(value, 'x', true));
    const [bottom, top] = y.map((value) => valToPos(value, 'y', true));
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.imageSmoothingEnabled = false;
    ctx.drawImage(this.heat.picture, left, top, right - left, bottom - top);
    ctx.restore();
  }

  private drawMarks({ ctx, bbox, valToPos }: uPlot): void {
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.setLineDash([2 * devicePixelRatio, 4 * devicePixelRatio]);
    for (const { axis, at, ink } of this.spec.marks ?? []) {
      const position = Math.round(valToPos(at, axis, true));
      ctx.strokeStyle = this.palette[ink];
      ctx.beginPath();
      ctx.moveTo(axis === 'x' ? position : bbox.left, axis === 'x' ? bbox.top : position);
      ctx.lineTo(
        axis === 'x' ? position : bbox.left + bbox.width,
        axis === 'x' ? bbox.top + bbox.height : position,
      );
      ctx.stroke();
    }
    ctx.restore();
  }

  private drawErrors({ ctx, bbox, valToPos }: uPlot, curve: Curve | undefined): void {
    const { error } = curve ?? {};
    if (!curve || !error) return;
    const known = [...Array(curve.x.length).keys()].filter((i) => curve.y[i] !== null);
    const x = (i: number) => valToPos(curve.x[i], 'x', true);
    const y = (i: number, sign: number) => valToPos(curve.y[i]! + sign * error[i], 'y', true);
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.beginPath();
    if (curve.draw === 'points') {
      for (const i of known) {
        ctx.moveTo(x(i), y(i, -1));
        ctx.lineTo(x(i), y(i, 1));
      }
      ctx.lineWidth = 1.5 * devicePixelRatio;
      ctx.strokeStyle = this.palette[curve.ink];
      ctx.stroke();
    } else {
      for (const i of known) ctx.lineTo(x(i), y(i, 1));
      for (const i of known.toReversed()) ctx.lineTo(x(i), y(i, -1));
      ctx.globalAlpha = 0.24;
      ctx.fillStyle = this.palette[curve.ink];
      ctx.fill();
    }
    ctx.restore();
  }
}

/** Two specs of one shape differ in data alone, so one chart can show both. */
export function shape(spec: PlotSpec): string {
  return JSON.stringify([
    spec.x.scale,
    spec.y.scale,
    spec.curves.map(({ draw, ink, dashed, width }) => [draw, ink, dashed, width]),
  ]);
}

/** uPlot's own ticks of a logarithmic axis never end unless its limits are powers of ten. */
const logAxis: uPlot.Axis = {
  splits: (_, __, from, to) => ticks('log', from, to),
  filter: (_, splits) => splits,
  values: (_, splits) => tickTexts(splits),
};

function series({ draw, ink, dashed, width }: Curve, palette: Palette): uPlot.Series {
  const colour = palette[ink];
  if (draw === 'bars')
    return {
      fill: `${colour}55`,
      width: 0,
      paths: uPlot.paths.bars!({ size: [0.8, 60] }),
      points: { show: false },
    };
  if (draw === 'points')
    return {
      stroke: colour,
      paths: () => null,
      points: { show: true, size: 6, fill: colour, stroke: colour },
    };
  return {
    stroke: colour,
    width: width ?? 2,
    ...(dashed && { dash: [6, 5] }),
    points: { show: false },
  };
}

/** uPlot wants all curves on one x: the union, undefined (skipped) where a curve has no point. */
function aligned({ curves }: PlotSpec): uPlot.AlignedData {
  const tables = curves.map(({ x, y }) => [x, y] as unknown as uPlot.AlignedData);
  if (tables.length === 0) return [[]];
  return tables.length === 1 ? tables[0] : uPlot.join(tables);
}
