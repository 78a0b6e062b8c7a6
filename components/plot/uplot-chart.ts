/** A plot on the screen: uPlot has the axes, the cursor and the zoom; inside its frame the shapes of the spec are drawn. */
import uPlot from 'uplot';
import { type Palette, sansFont } from '../../src/drawing/palettes';
import { axisLimits, type PlotAxis, type PlotSpec } from '../../src/drawing/plot-spec';
import { shapesOf } from '../../src/drawing/shapes';
import { tickMarkup, ticks, tickText } from '../../src/drawing/ticks';
import { paint } from './paint';

export interface ChartListener {
  /** The place under the cursor, null when it left. */
  readonly onCursor: (at: { readonly x: number; readonly y: number } | null) => void;
  /** The plot stands as its data and size want it: places in it are valid from here on. */
  readonly onDraw: () => void;
  /** Whether x can be zoomed by dragging; a plot with a handle cannot. */
  readonly zoom: boolean;
  /** one of several on a common axis of x: as wide as the others, and the axis is shown by the last alone */
  readonly stacked?: 'inner' | 'last' | null;
}

/** Room for the words of y, the same in all plots of a stack. */
const gutter = 56;

export class UplotChart {
  private readonly plot: uPlot;
  private zoomed = false;
  /** uPlot takes no axis shorter than 1e-16 and none of numbers above 1e32: far from 1 it is given values over these. */
  private scale: Readonly<Record<'x' | 'y', number>>;

  constructor(
    host: HTMLElement,
    private spec: PlotSpec,
    private readonly palette: Palette,
    size: { width: number; height: number },
    listener: ChartListener,
  ) {
    this.scale = scales(spec);
    this.plot = new uPlot(this.options(size, listener), aligned(spec, this.scale), host);
  }

  /** The element over the plotting area, to place handles in. */
  get over(): HTMLElement {
    return this.plot.over;
  }

  /** Shows new data; the spec must have the `chartKey` of the one it was built with. */
  show(spec: PlotSpec): void {
    this.spec = spec;
    this.scale = scales(spec);
    this.plot.setData(aligned(spec, this.scale), !this.zoomed);
    if (this.zoomed) this.plot.redraw();
  }

  resize(width: number, height: number): void {
    if (width !== this.plot.width || height !== this.plot.height) this.plot.setSize({ width, height });
  }

  /** Zooms x about its middle; factor < 1 looks closer, 0 shows all. */
  zoom(factor: number): void {
    const [min, max] = this.limits('x');
    const now = this.plot.scales.x;
    const middle = ((now.min ?? min) + (now.max ?? max)) / 2;
    const half = ((now.max ?? max) - (now.min ?? min)) * 0.5 * factor;
    this.zoomed = factor !== 0 && 2 * half < max - min;
    this.plot.setScale(
      'x',
      this.zoomed ? { min: Math.max(min, middle - half), max: Math.min(max, middle + half) } : { min, max },
    );
  }

  /** Puts the cursor there without a mouse. */
  pointAt(x: number, y: number): void {
    this.plot.setCursor(this.place(x, y));
  }

  /** Of the plotting area, CSS pixels. */
  get width(): number {
    return this.plot.bbox.width / uPlot.pxRatio;
  }

  /** CSS pixels in the plotting area to values and back. */
  xAt(left: number): number {
    return this.plot.posToVal(left, 'x') * this.scale.x;
  }
  yAt(top: number): number {
    return this.plot.posToVal(top, 'y') * this.scale.y;
  }
  place(x: number, y: number): { left: number; top: number } {
    const { scale } = this;
    return { left: this.plot.valToPos(x / scale.x, 'x'), top: this.plot.valToPos(y / scale.y, 'y') };
  }

  destroy(): void {
    this.plot.destroy();
  }

  /** The axis's limits as uPlot has them. */
  private limits(axis: 'x' | 'y'): [number, number] {
    const [min, max] = axisLimits(this.spec, axis);
    return [min / this.scale[axis], max / this.scale[axis]];
  }

  private options(size: { width: number; height: number }, listener: ChartListener): uPlot.Options {
    const { palette } = this;
    const axis = (name: 'x' | 'y') => ({
      stroke: palette.text,
      font: `12px ${sansFont}`,
      // Cells are read against the page, not against lines.
      grid: { show: !this.spec.heat, stroke: palette.grid, width: 1 },
      ticks: { stroke: palette.grid, width: 1, size: 5 },
      ...sharedTicks(
        name,
        () => this.spec[name],
        () => this.scale[name],
      ),
    });
    const distribution = (scale: PlotAxis['scale']) => ({ distr: scale === 'log' ? 3 : 1 }) as const;
    return {
      ...size,
      pxAlign: 0,
      legend: { show: false },
      padding: [8, 14, 0, 0],
      cursor: { y: false, drag: { x: listener.zoom, y: false }, points: { size: 8, width: 2 } },
      select: { show: listener.zoom, left: 0, top: 0, width: 0, height: 0 },
      scales: {
        x: { time: false, range: () => this.limits('x'), ...distribution(this.spec.x.scale) },
        y: { range: () => this.limits('y'), ...distribution(this.spec.y.scale) },
      },
      axes: [
        {
          ...axis('x'),
          ...(listener.stacked === 'inner'
            ? { size: 8, values: (_, splits) => splits.map(() => '') }
            : { size: 30 }),
        },
        {
          ...axis('y'),
          size: (_, values) =>
            listener.stacked ? gutter : 16 + 7.2 * Math.max(2, ...(values ?? []).map((v) => v?.length ?? 0)),
        },
      ],
      // Without paths of its own: a series is there for the cursor's points.
      series: [
        {},
        ...this.spec.curves.map(({ ink }) => ({
          stroke: palette[ink],
          paths: () => null,
          points: { show: false },
        })),
      ],
      hooks: {
        drawAxes: [(plot) => this.drawShapes(plot)],
        draw: [() => listener.onDraw()],
        setCursor: [
          (plot) => {
            const { left = -1, top = -1 } = plot.cursor;
            listener.onCursor(left < 0 ? null : { x: this.xAt(left), y: this.yAt(top) });
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

  private drawShapes({ ctx, bbox, scales }: uPlot): void {
    const ratio = uPlot.pxRatio;
    const frame = {
      left: bbox.left / ratio,
      top: bbox.top / ratio,
      width: bbox.width / ratio,
      height: bbox.height / ratio,
    };
    const limits = (axis: 'x' | 'y') =>
      [scales[axis].min! * this.scale[axis], scales[axis].max! * this.scale[axis]] as const;
    ctx.save();
    ctx.scale(ratio, ratio);
    ctx.beginPath();
    ctx.rect(frame.left, frame.top, frame.width, frame.height);
    ctx.clip();
    paint(ctx, shapesOf(this.spec, { frame, x: limits('x'), y: limits('y') }), this.palette);
    ctx.restore();
  }
}

/** Two specs of one key differ in what the shapes show alone, so one chart can show both. */
export function chartKey(spec: PlotSpec): string {
  return JSON.stringify([spec.x.scale, spec.y.scale, !spec.heat, spec.curves.map(({ ink }) => ink)]);
}

/** The ticks that a file has too. uPlot's own of a logarithmic axis never end unless its limits are powers of ten. */
const sharedTicks = (axis: 'x' | 'y', spec: () => PlotAxis, unit: () => number): uPlot.Axis => ({
  splits: ({ bbox }, _, from, to) =>
    ticks(spec(), [from, to], axis, (axis === 'x' ? bbox.width : bbox.height) / uPlot.pxRatio),
  filter: (_, splits) => splits,
  values: (_, splits) => tickMarkup(splits.map((split) => split * unit())).map(tickText),
});

/** 1 for axes that uPlot takes as they are, else the power of ten that makes them such. */
function scales(spec: PlotSpec) {
  const of = (axis: 'x' | 'y') => {
    const largest = Math.max(...axisLimits(spec, axis).map(Math.abs));
    return largest > 0 && (largest < 1e-9 || largest > 1e9) && spec[axis].scale !== 'log'
      ? 10 ** Math.floor(Math.log10(largest))
      : 1;
  };
  return { x: of('x'), y: of('y') };
}

/** uPlot wants all curves on one x: the union, undefined (skipped) where a curve has no point. */
function aligned(
  { curves }: PlotSpec,
  { x: inX, y: inY }: Readonly<Record<'x' | 'y', number>>,
): uPlot.AlignedData {
  const over = (values: ArrayLike<number | null>, unit: number) =>
    unit === 1 ? values : Array.from(values, (value) => value && value / unit);
  const tables = curves.map(({ x, y }) => [over(x, inX), over(y, inY)] as unknown as uPlot.AlignedData);
  if (tables.length === 0) return [[]];
  return tables.length === 1 ? tables[0] : uPlot.join(tables);
}
