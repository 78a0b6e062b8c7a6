/** A function on the sphere as the pixels of a sphere that is looked at. */

/** In degrees: which direction faces the reader, with z upwards. */
export interface Facing {
  /** azimuth phi, 0 along x */
  readonly lon: number;
  /** above the equator */
  readonly lat: number;
}

/** Values at theta = 0 to pi, both ends included, by row, and phi = 0 to 2 pi without the second by column. */
export interface SphereTexture {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
  readonly most: number;
}

export const asDirection = ([x, y, z]: readonly number[]): [lon: number, lat: number] => [
  (Math.atan2(y, x) * 180) / Math.PI,
  (Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI,
];

/** Where in a texture each pixel of a square around the sphere looks: the same for every texture of that size. */
export interface SphereView {
  readonly size: number;
  /** of the value's upper left neighbour */
  readonly base: Int32Array;
  /** the column beside it, which may be the first */
  readonly beside: Int32Array;
  readonly down: Float32Array;
  readonly right: Float32Array;
}

/** @param size pixels a side */
export function sphereView(size: number, { lon, lat }: Facing, rows: number, columns: number): SphereView {
  const [phi, up] = [(lon * Math.PI) / 180, (lat * Math.PI) / 180];
  const [cosLon, sinLon, cosLat, sinLat] = [Math.cos(phi), Math.sin(phi), Math.cos(up), Math.sin(up)];
  const count = size * size;
  const [base, beside] = [new Int32Array(count), new Int32Array(count)];
  const [down, right] = [new Float32Array(count), new Float32Array(count)];
  const perRow = (rows - 1) / Math.PI;
  const perColumn = columns / (2 * Math.PI);
  for (let row = 0, at = 0; row < size; row++) {
    for (let column = 0; column < size; column++, at++) {
      // East and north of what faces the reader; beyond the edge what the edge has, for the picture is cut out with a smooth line.
      let east = (2 * (column + 0.5)) / size - 1;
      let north = 1 - (2 * (row + 0.5)) / size;
      const outside = Math.max(1, Math.sqrt(east * east + north * north));
      east /= outside;
      north /= outside;
      const front = Math.sqrt(Math.max(0, 1 - east * east - north * north));
      const flat = front * cosLat - north * sinLat;
      const x = flat * cosLon - east * sinLon;
      const y = flat * sinLon + east * cosLon;
      const z = front * sinLat + north * cosLat;
      const theta = Math.acos(Math.min(1, Math.max(-1, z))) * perRow;
      const azimuth = Math.atan2(y, x) * perColumn;
      const turned = azimuth < 0 ? azimuth + columns : azimuth;
      const i = Math.min(rows - 2, Math.floor(theta));
      const k = Math.min(columns - 1, Math.floor(turned));
      base[at] = i * columns + k;
      beside[at] = i * columns + (k === columns - 1 ? 0 : k + 1);
      down[at] = theta - i;
      right[at] = turned - k;
    }
  }
  return { size, base, beside, down, right };
}

/** @param colours 256 of them as little-endian RGBA, from 0 to the texture's largest value */
export function sphereImage(view: SphereView, texture: SphereTexture, colours: Uint32Array): ImageData {
  const { size, base, beside, down, right } = view;
  const { values, columns, most } = texture;
  const image = new ImageData(size, size);
  const pixels = new Uint32Array(image.data.buffer);
  const scale = most > 0 ? 255 / most : 0;
  for (let at = 0; at < pixels.length; at++) {
    const [a, b] = [base[at], beside[at]];
    const above = values[a] + right[at] * (values[b] - values[a]);
    const below = values[a + columns] + right[at] * (values[b + columns] - values[a + columns]);
    const value = (above + down[at] * (below - above)) * scale;
    pixels[at] = colours[value < 0 ? 0 : value > 255 ? 255 : value | 0];
  }
  return image;
}

type Rgb = readonly [red: number, green: number, blue: number];

const rgb = (colour: string): Rgb => {
  const [red, green, blue] = [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16));
  return [red, green, blue];
};

const mixed = (a: Rgb, b: Rgb, share: number): Rgb => [
  a[0] + share * (b[0] - a[0]),
  a[1] + share * (b[1] - a[1]),
  a[2] + share * (b[2] - a[2]),
];

/** The step of the 256 that is the ink itself. */
const INK_AT = 184 / 255;

/** From the bare sphere through the ink to its core, further from the surface; evenly for the eye, as far as a ramp through an ink goes. */
export function colourRamp(bare: string, ink: string, core: string): Uint32Array {
  const [from, through, to] = [rgb(bare), rgb(ink), mixed(rgb(ink), rgb(core), 0.6)];
  return Uint32Array.from({ length: 256 }, (_, i) => {
    const share = i / 255;
    const [red, green, blue] =
      share < INK_AT
        ? mixed(from, through, share / INK_AT)
        : mixed(through, to, (share - INK_AT) / (1 - INK_AT));
    return ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;
  });
}
