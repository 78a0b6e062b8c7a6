/** What a plot draws: where its shapes stand, and that canvas and file draw the same. */
import { describe, expect, test } from 'vitest';
import { paint } from '../../../components/plot/paint';
import { legendOf } from '../../../src/drawing/legend';
import { palettes } from '../../../src/drawing/palettes';
import type { PlotView } from '../../../src/drawing/places';
import type { Curve, PlotSpec } from '../../../src/drawing/plot-spec';
import { fileView, shapeSvg } from '../../../src/drawing/plot-svg';
import { type Shape, shapesOf } from '../../../src/drawing/shapes';
import { randomPlot } from '../../random-plot';

const view: PlotView = { frame: { left: 100, top: 10, width: 200, height: 100 }, x: [0, 10], y: [0, 1] };

const plot = (curve: Partial<Curve>, more: Partial<PlotSpec> = {}): PlotSpec => ({
  title: 'plot',
  x: { label: 'x' },
  y: { label: 'y' },
  curves: [{ label: 'c', draw: 'line', ink: 'lower', x: [0, 5, 10], y: [0, 0.5, 1], ...curve }],
  ...more,
});
const logarithmic = { y: { label: 'y', scale: 'log' } } as const;

describe('where shapes stand', () => {
  test('a line leads from value to value', () => {
    expect(shapesOf(plot({}), view)).toEqual([
      {
        kind: 'line',
        ink: 'lower',
        width: 2,
        dash: [],
        lines: [
          [
            [100, 110],
            [200, 60],
            [300, 10],
          ],
        ],
      },
    ]);
  });

  test('steps keep a value up to the next point, and a shade parts a line halfway or at a step', () => {
    const steps = { x: [0, 5, 10], y: [0, 0.5, 1], steps: true };
    expect(shapesOf(plot(steps), view)).toMatchObject([
      {
        lines: [
          [
            [100, 110],
            [200, 110],
            [200, 60],
            [300, 60],
            [300, 10],
          ],
        ],
      },
    ]);
    const shade = { label: 'above', ink: 'upper', by: [0, 0, 1], level: 0.5 } as const;
    expect(shapesOf(plot({ shade }), view)).toMatchObject([
      {
        ink: 'lower',
        lines: [
          [
            [100, 110],
            [200, 60],
            [250, 35],
          ],
        ],
      },
      {
        ink: 'upper',
        lines: [
          [
            [250, 35],
            [300, 10],
          ],
        ],
      },
    ]);
    expect(shapesOf(plot({ ...steps, shade }), view)).toMatchObject([
      { ink: 'lower', lines: [[{}, {}, {}, [300, 60]]] },
      {
        ink: 'upper',
        lines: [
          [
            [300, 60],
            [300, 10],
          ],
        ],
      },
    ]);
  });

  test('line and band part where a value is missing', () => {
    const y = [0.5, null, 0.5, 0.5, Number.NaN];
    const [band, line] = shapesOf(plot({ x: [0, 1, 2, 3, 4], y, error: [0.1, 0.1, 0.1, 0.1, 0.1] }), view);
    expect(line).toMatchObject({
      lines: [
        [[100, 60]],
        [
          [140, 60],
          [160, 60],
        ],
      ],
    });
    expect(band).toMatchObject({
      kind: 'area',
      outlines: [
        [
          [100, 50],
          [100, 70],
        ],
        [
          [140, 50],
          [160, 50],
          [160, 70],
          [140, 70],
        ],
      ],
    });
  });

  test('an error down to zero leads out of a logarithmic frame, one that is not known is not drawn', () => {
    const spec = plot({ draw: 'points', x: [1, 2, 3], y: [0.1, 0.1, 0.1], error: [0.05, 0.1, Number.NaN] });
    const [bars, dots] = shapesOf({ ...spec, ...logarithmic }, { ...view, y: [0.01, 1] });
    expect(dots).toMatchObject({ kind: 'dots', centers: [1, 2, 3].map((x) => [100 + 20 * x, 60]) });
    const up = (factor: number) => expect.closeTo(60 - 50 * Math.log10(factor), 1);
    expect(bars).toMatchObject({
      lines: [
        [
          [120, up(0.5)],
          [120, up(1.5)],
        ],
        [
          [140, 1e6],
          [140, up(2)],
        ],
      ],
    });
  });

  test('on a logarithmic axis a curve has no points at 0 and below', () => {
    const [line] = shapesOf(plot({ y: [0.1, 0, -1] }, logarithmic), { ...view, y: [0.01, 1] });
    expect(line).toMatchObject({ lines: [[[100, 60]]] });
  });

  test('bars are four fifths of a step wide and stand at 0', () => {
    const [bars] = shapesOf(plot({ draw: 'bars', x: [1, 2, 3] }), view);
    expect(bars).toMatchObject({
      kind: 'area',
      outlines: [
        [
          [112, 110],
          [112, 110],
          [128, 110],
          [128, 110],
        ],
        [
          [132, 110],
          [132, 60],
          [148, 60],
          [148, 110],
        ],
        [
          [152, 110],
          [152, 10],
          [168, 10],
          [168, 110],
        ],
      ],
    });
  });

  test('heat, marks and curves come in this order', () => {
    const spec = plot(
      {},
      {
        heat: { label: 'heat', x: [0, 10], y: [0, 1], values: [[1], [2], [4]] },
        marks: [{ axis: 'x', at: 5, label: 'mark', ink: 'upper' }],
      },
    );
    const [heat, mark, curve] = shapesOf(spec, view);
    expect(heat).toMatchObject({
      kind: 'cells',
      ink: 'trace',
      from: [50, 10],
      to: [350, 110],
      columns: 3,
      rows: 1,
      opacities: Uint8ClampedArray.of(230 * 0.25 ** 0.4, 230 * 0.5 ** 0.4, 230),
    });
    expect(mark).toMatchObject({
      ink: 'upper',
      dash: [2, 4],
      lines: [
        [
          [200, 10],
          [200, 110],
        ],
      ],
    });
    expect(curve).toMatchObject({ kind: 'line', ink: 'lower' });
  });

  test('bands and regions lie behind all else, an end without limit at the edge of all pictures', () => {
    const spec = plot(
      {},
      {
        bands: [
          { axis: 'x', from: 2, to: 5, label: 'band', ink: 'unstable' },
          { axis: 'y', from: 0.5, to: Number.POSITIVE_INFINITY, label: 'above', ink: 'guide' },
        ],
        regions: [
          {
            label: 'region',
            ink: 'mean',
            outline: [
              [0, 0],
              [5, 0.5],
              [0, 1],
            ],
          },
        ],
      },
    );
    expect(shapesOf(spec, view).slice(0, 3)).toMatchObject([
      {
        kind: 'area',
        ink: 'unstable',
        outlines: [
          [
            [140, 10],
            [200, 10],
            [200, 110],
            [140, 110],
          ],
        ],
      },
      {
        ink: 'guide',
        outlines: [
          [
            [100, 60],
            [300, 60],
            [300, -1e6],
            [100, -1e6],
          ],
        ],
      },
      {
        ink: 'mean',
        outlines: [
          [
            [100, 110],
            [200, 60],
            [100, 10],
          ],
        ],
      },
    ]);
    const looks = legendOf(spec).map(({ label, look }) => [label, look]);
    expect(looks).toEqual([
      ['c', 'line'],
      ['band', 'band'],
      ['above', 'band'],
      ['region', 'band'],
    ]);
  });

  /** Where triangles stand that mark a curve as leaving: their tips. */
  const tips = (spec: PlotSpec) =>
    shapesOf(spec, view).flatMap((shape) =>
      shape.kind === 'area' && shape.opacity === 1 ? shape.outlines.map((outline) => outline[2]) : [],
    );
  test('a mark says where a line goes out above or below, and comes back', () => {
    expect(tips(plot({}))).toEqual([]);
    // Up through 1 at x = 3, down again at 5; below 0 at 8.
    const line = plot({ x: [2, 4, 6, 7, 9], y: [0.5, 1.5, 0.5, 0.5, -0.5] });
    expect(tips(line)).toEqual([
      [160, 11],
      [200, 11],
      [260, 109],
    ]);
    expect(tips(plot({ x: [2, 4], y: [null, 1.5] }))).toEqual([]);
  });
  test('every point and bar beyond the picture has its mark, near ones one together', () => {
    const x = [1, 2, 2.1, 8, 12];
    const y = [0.5, 3, 3, -1, 3];
    const expected = [
      [140, 11],
      [260, 109],
    ];
    expect(tips(plot({ draw: 'points', x, y }))).toEqual(expected);
    expect(tips(plot({ draw: 'bars', x, y }))).toEqual(expected);
  });

  test('whatever the numbers, every place can be drawn', () => {
    for (let n = 0; n < 150; n++) {
      const spec = randomPlot(n);
      const places = shapesOf(spec, fileView(spec)).flatMap(placesOf);
      const wrong = places.filter((place) => !(Math.abs(place) <= 1e6) || place !== Number(place.toFixed(2)));
      expect(wrong, `plot ${n}`).toEqual([]);
    }
  });
});

function placesOf(shape: Shape): number[] {
  switch (shape.kind) {
    case 'line':
      return shape.lines.flat(2);
    case 'area':
      return shape.outlines.flat(2);
    case 'dots':
      return shape.centers.flat();
    case 'cells':
      return [...shape.from, ...shape.to];
  }
}

/** A path as a renderer sees it, and how it is drawn. */
interface Drawn {
  readonly path: string;
  readonly colour: string;
  /** of a line; null where the path is filled */
  readonly line: { readonly width: number; readonly dash: readonly number[]; readonly join: string } | null;
  readonly opacity: number;
}

/** What `paint` asks of a canvas, as a list. */
function paintedOn(shapes: readonly Shape[]): Drawn[] {
  const drawn: Drawn[] = [];
  const state = { path: '', dash: [] as number[] };
  const context = {
    globalAlpha: 1,
    lineWidth: 1,
    strokeStyle: '',
    fillStyle: '',
    lineJoin: 'miter',
    lineCap: 'butt',
    save() {},
    restore() {},
    setLineDash(dash: number[]) {
      state.dash = dash;
    },
    beginPath() {
      state.path = '';
    },
    moveTo(x: number, y: number) {
      state.path += `M${x},${y}`;
    },
    lineTo(x: number, y: number) {
      state.path += `L${x},${y}`;
    },
    closePath() {
      state.path += 'Z';
    },
    arc(x: number, y: number, radius: number, from: number, to: number) {
      // moved to its start before
      state.path = state.path.replace(/M[^M]*$/, '');
      state.path += `O${x},${y},${radius}${to - from === 2 * Math.PI ? '' : ', in part'}`;
    },
    stroke() {
      const { lineWidth: width, lineJoin: join, strokeStyle: colour, globalAlpha: opacity } = context;
      drawn.push({ path: state.path, colour, line: { width, dash: state.dash, join }, opacity });
    },
    fill() {
      const { fillStyle: colour, globalAlpha: opacity } = context;
      drawn.push({ path: state.path, colour, line: null, opacity });
    },
  };
  paint(context as unknown as CanvasRenderingContext2D, shapes, palettes.dark);
  return drawn;
}

/** The same list, read from the elements of an SVG. */
function writtenTo(svg: string): Drawn[] {
  const drawn: Drawn[] = [];
  for (const [, name, text] of svg.matchAll(/<(\w+) ([^>]*)\/>/g)) {
    const of = Object.fromEntries(
      [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
    );
    const opacity = Number(of['fill-opacity'] ?? 1);
    if (name === 'circle') {
      const path = `O${of.cx},${of.cy},${of.r}`;
      drawn.push({ path, colour: of.fill, line: null, opacity });
    } else if (name !== 'path') throw new Error(`${name}?`);
    else if (of.fill !== 'none') drawn.push({ path: of.d, colour: of.fill, line: null, opacity });
    else {
      const dash = (of['stroke-dasharray'] ?? '').split(' ').filter(Boolean).map(Number);
      const line = { width: Number(of['stroke-width']), dash, join: of['stroke-linejoin'] };
      drawn.push({ path: of.d, colour: of.stroke, line, opacity });
    }
  }
  return drawn;
}

/** The dots of one path, each by itself, as a file has them. */
const apart = (drawn: Drawn): Drawn[] =>
  drawn.path.startsWith('O') ? drawn.path.split(/(?=O)/).map((path) => ({ ...drawn, path })) : [drawn];

test('the canvas draws what the file says: the same paths, inks, dashes and order', () => {
  const kinds = new Set<string>();
  for (let n = 0; n < 150; n++) {
    const { heat: _, ...spec } = randomPlot(n);
    const shapes = shapesOf(spec, fileView(spec));
    for (const { kind } of shapes) kinds.add(kind);
    const svg = shapes.map((shape) => shapeSvg(shape, palettes.dark)).join('');
    const something = ({ path }: Drawn) => path !== '';
    const onCanvas = paintedOn(shapes).filter(something).flatMap(apart);
    expect(onCanvas, `plot ${n}`).toEqual(writtenTo(svg).filter(something));
  }
  expect([...kinds].sort()).toEqual(['area', 'dots', 'line']);
});
