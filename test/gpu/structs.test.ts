import { expect, test } from 'vitest';
import { inPage } from './in-page';

interface RoundTrip {
  name: string;
  count: number;
  seen: number[];
  given: number[];
  made: number[];
}

test('the shader reads each number of a struct where the host wrote it, and writes it where the host reads', async () => {
  const trips = await inPage<RoundTrip[]>('test/gpu/kernels/structs.ts', 'roundTrips');
  expect(trips.length).toBeGreaterThan(10);
  for (const { name, count, seen, given, made } of trips) {
    expect(seen, name).toEqual(Array.from({ length: count }, (_, i) => i + 1));
    expect(made, name).toEqual(given);
  }
});
