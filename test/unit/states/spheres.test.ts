/** The spheres: each pixel looks where the globe's lines say that it does, and what a ball is told of its state. */
import { geoOrthographic } from 'd3-geo';
import { expect, test } from 'vitest';
import { crssOf, fieldPoints } from '../../../components/states/balls';
import { asDirection, colourRamp, sphereView } from '../../../components/states/sphere-raster';
import { crssAmplitudes, crssAngle, crssEigenvalue } from '../../../src/operators/crss';
import { systemParameters } from '../../../src/parameters/system';

const [rows, columns] = [181, 360];

test.each([
  [0, 0],
  [90, -45],
  [-130, 70],
  [179, 20],
])('at longitude %i and latitude %i', (lon, lat) => {
  const size = 81;
  const { base, beside, down, right } = sphereView(size, { lon, lat }, rows, columns);
  const projection = geoOrthographic()
    .rotate([-lon, -lat])
    .translate([size / 2, size / 2])
    .scale(size / 2);
  for (let row = 0; row < size; row += 4)
    for (let column = 0; column < size; column += 4) {
      const at = row * size + column;
      if (Math.hypot(column + 0.5 - size / 2, row + 0.5 - size / 2) > size / 2 - 1) continue;
      const [phi, height] = projection.invert!([column + 0.5, row + 0.5])!;
      const theta = Math.floor(base[at] / columns) + down[at];
      expect(theta).toBeCloseTo(90 - height, 3);
      const turned = (base[at] % columns) + right[at];
      // Near the poles every azimuth is near.
      const apart = ((turned - phi + 540) % 360) - 180;
      expect(apart * Math.cos((height * Math.PI) / 180)).toBeCloseTo(0, 3);
      expect((base[at] + 1 - beside[at]) % columns).toBe(0);
    }
});

test('colours go from bare through the ink to its core', () => {
  const ramp = colourRamp('#ffffff', '#0072b2', '#000000');
  const channels = (colour: number) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
  expect(channels(ramp[0])).toEqual([255, 255, 255]);
  expect(ramp.some((colour) => channels(colour).join() === '0,114,178')).toBe(true);
  const lightness = [...ramp].map((colour) => channels(colour).reduce((a, b) => a + b));
  lightness.slice(1).forEach((light, i) => {
    expect(light).toBeLessThanOrEqual(lightness[i]);
  });
});

test('the mean field has a point for each branch, in its ink, where the axes have it', () => {
  const points = fieldPoints(systemParameters({ atoms: 18, gamma1d: 10, gammaf: 1, drive: 0.73 }));
  expect(points.map(({ ink }) => ink)).toEqual(['lower', 'unstable', 'upper']);
  for (const { direction } of points) {
    const [lon, lat] = asDirection(direction);
    expect(lon).toBeCloseTo(90, 9);
    expect(lat).toBeLessThan(0);
  }
});

test.each([0, 3])('the CRSS leans as its angle says, with a collective shift of %i', (collectiveShift) => {
  const system = systemParameters({ atoms: 12, gamma1d: 10, gammaf: 1, drive: 0.7, collectiveShift });
  const { moments } = crssOf(system, 13)!;
  const c = crssAmplitudes(6, crssEigenvalue(system));
  // <S_-> of the real one is its ladder product; the angle turns it, and the real gauge by a quarter more.
  const dipole = c.slice(1).reduce((sum, x, r) => sum + x * c[r] * Math.sqrt((r + 1) * (12 - r)), 0);
  const azimuth = Math.atan2(moments.Sy, moments.Sx);
  expect(Math.hypot(moments.Sx, moments.Sy)).toBeCloseTo(Math.abs(dipole), 10);
  const expected = Math.PI / 2 - crssAngle(system);
  expect(Math.cos(azimuth - expected)).toBeCloseTo(1, 10);
  expect(crssOf({ ...system, gamma1D: 0 }, 13)).toBeNull();
});
