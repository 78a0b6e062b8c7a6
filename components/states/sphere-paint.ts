/** Draws one sphere: its function, the lines of its globe, and what stands on it. */
import { type GeoPermissibleObjects, geoGraticule, geoOrthographic, geoPath } from 'd3-geo';
import type { Palette } from '../../src/drawing/palettes';
import type { Ink } from '../../src/drawing/plot-spec';
import type { SpinUncertainty, Vector } from '../../src/operators/moments';
import { asDirection, type Facing } from './sphere-raster';

/** A mean-field steady state. */
export interface FieldPoint {
  readonly direction: Vector;
  readonly ink: Ink;
}

export interface OnSphere {
  readonly field: readonly FieldPoint[];
  readonly spin: SpinUncertainty | null;
  readonly atoms: number;
}

/** Ellipses of larger half axes than this, in units of the mean spin, say nothing any more. */
export const widest = 2;

const graticule = geoGraticule().step([30, 30])();
const equator = {
  type: 'LineString',
  coordinates: Array.from({ length: 121 }, (_, i) => [3 * i - 180, 0]),
} as const satisfies GeoPermissibleObjects;

/** A globe of that many CSS pixels a side as it is seen: all spheres of a size share it. */
export interface Globe {
  readonly size: number;
  readonly radius: number;
  readonly lines: Path2D;
  readonly equator: Path2D;
  /** null on the far side */
  readonly placeOf: (direction: Vector) => [x: number, y: number] | null;
  /** a line through directions */
  readonly outline: (directions: readonly (readonly number[])[]) => Path2D;
}

export function globe(size: number, facing: Facing): Globe {
  const radius = size / 2 - 6;
  const projection = geoOrthographic()
    .rotate([-facing.lon, -facing.lat])
    .translate([size / 2, size / 2])
    .scale(radius)
    .clipAngle(90)
    // Every line here has points enough.
    .precision(0);
  const path = geoPath(projection);
  const drawn = (line: GeoPermissibleObjects) => new Path2D(path(line) ?? '');
  const [lon, lat] = [(facing.lon * Math.PI) / 180, (facing.lat * Math.PI) / 180];
  const front = [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
  return {
    ...{ size, radius },
    lines: drawn(graticule),
    equator: drawn(equator),
    placeOf: (direction) =>
      direction.reduce((sum, x, axis) => sum + x * front[axis], 0) > 0
        ? projection(asDirection(direction))
        : null,
    outline: (directions) => drawn({ type: 'LineString', coordinates: directions.map(asDirection) }),
  };
}

/** @param image the sphere's pixels, as large as the picture or smaller */
export function paintSphere(
  context: CanvasRenderingContext2D,
  globe: Globe,
  image: CanvasImageSource,
  on: OnSphere,
  palette: Palette,
): void {
  const { size, radius, placeOf } = globe;
  const middle = size / 2;
  context.clearRect(0, 0, size, size);
  context.save();
  context.beginPath();
  context.arc(middle, middle, radius, 0, 2 * Math.PI);
  context.clip();
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, middle - radius, middle - radius, 2 * radius, 2 * radius);
  shade(context, middle, radius);
  context.restore();
  context.lineJoin = 'round';
  const line = (colour: string, width: number, alpha: number, path: Path2D) => {
    context.globalAlpha = alpha;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke(path);
    context.globalAlpha = 1;
  };
  line(palette.text, 0.7, 0.3, globe.lines);
  line(palette.text, 1, 0.45, globe.equator);
  const edge = new Path2D();
  edge.arc(middle, middle, radius, 0, 2 * Math.PI);
  line(palette.text, 1.2, 0.7, edge);
  paintAxes(context, globe, palette);
  for (const { direction, ink } of on.field) {
    const place = placeOf(direction);
    if (place === null) continue;
    const [x, y] = place;
    const cross = new Path2D(`M${x - 5},${y - 5}l10,10M${x - 5},${y + 5}l10,-10`);
    line(palette.surface, 6, 0.9, cross);
    line(palette[ink], 2.6, 1, cross);
  }
  if (on.spin) paintSpin(context, globe, on.spin, on.atoms, palette);
}

/** Light from above: a globe, not a disk. */
function shade(context: CanvasRenderingContext2D, middle: number, radius: number): void {
  const light = context.createRadialGradient(
    middle - 0.3 * radius,
    middle - 0.4 * radius,
    0.2 * radius,
    middle,
    middle,
    1.05 * radius,
  );
  light.addColorStop(0, 'rgb(0 0 0 / 0)');
  light.addColorStop(0.7, 'rgb(0 0 0 / 4%)');
  light.addColorStop(1, 'rgb(0 0 0 / 26%)');
  context.fillStyle = light;
  context.fillRect(middle - radius, middle - radius, 2 * radius, 2 * radius);
}

const axes: readonly [name: string, direction: Vector][] = [
  ['x', [1, 0, 0]],
  ['−x', [-1, 0, 0]],
  ['y', [0, 1, 0]],
  ['−y', [0, -1, 0]],
  ['z', [0, 0, 1]],
  ['−z', [0, 0, -1]],
];

function paintAxes(context: CanvasRenderingContext2D, { placeOf }: Globe, { text, surface }: Palette): void {
  context.font = 'italic 14px "STIX Two Text", Cambria, Georgia, "Liberation Serif", serif';
  context.textAlign = 'left';
  context.lineWidth = 3;
  context.strokeStyle = surface;
  context.fillStyle = text;
  for (const [name, direction] of axes) {
    const place = placeOf(direction);
    if (place === null) continue;
    const [x, y] = place;
    context.beginPath();
    context.arc(x, y, 2, 0, 2 * Math.PI);
    context.fill();
    context.globalAlpha = 0.8;
    context.strokeText(name, x + 5, y - 4);
    context.globalAlpha = 1;
    context.fillText(name, x + 5, y - 4);
  }
}

/** The mean spin, one standard deviation about it, and that of a coherent state of all atoms. */
function paintSpin(
  context: CanvasRenderingContext2D,
  { outline, placeOf }: Globe,
  { mean, least, largest, deviations }: SpinUncertainty,
  atoms: number,
  { exact, surface }: Palette,
): void {
  const around = (across: number, along: number, width: number, dash: readonly number[]) => {
    const path = outline(
      Array.from({ length: 73 }, (_, i) => {
        const [cos, sin] = [Math.cos((i * Math.PI) / 36), Math.sin((i * Math.PI) / 36)];
        return mean.map((x, axis) => x + across * cos * least[axis] + along * sin * largest[axis]);
      }),
    );
    context.globalAlpha = 0.75;
    context.strokeStyle = surface;
    context.lineWidth = width + 2.4;
    context.stroke(path);
    context.globalAlpha = 1;
    context.setLineDash([...dash]);
    context.strokeStyle = exact;
    context.lineWidth = width;
    context.stroke(path);
    context.setLineDash([]);
  };
  const [narrow, wide] = deviations;
  if (wide <= widest) {
    around(1 / Math.sqrt(atoms), 1 / Math.sqrt(atoms), 1.2, [3, 3]);
    around(narrow, wide, 2, []);
  }
  const place = placeOf(mean);
  if (place === null) return;
  context.beginPath();
  context.arc(...place, 4.5, 0, 2 * Math.PI);
  context.fillStyle = exact;
  context.fill();
  context.strokeStyle = surface;
  context.lineWidth = 2;
  context.stroke();
}
