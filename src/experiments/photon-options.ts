import { InputError } from '../parameters/errors';
import type { PhotonRequest } from '../trajectories/photon-plan';
import { blockSize } from '../trajectories/record';
import { number } from './numbers';

export const defaultG2Bins = 50;
export const mostG2Bins = 500;
/** Jumps are kept in the first batch, which holds a block at least. */
export const mostRecords = blockSize;
/** Bins of a trajectory that keep a photon's bin sure to float32's rounding of the time left in it. */
const mostWindowBins = 1e6;

/**
 * What to record of the photons.
 * @param counted time after the burn-in, in which photons are counted
 * @throws InputError naming the option
 */
export function photonOptions(
  raw: Readonly<Record<string, unknown>>,
  photons: boolean,
  counted: number,
): PhotonRequest {
  const { g2Time: time = 0, g2Bins: bins = 0, records: kept = 0 } = raw;
  const options = { 'g2-time': time, 'g2-bins': bins, records: kept };
  const asked = Object.entries(options).find(([, value]) => Number(value) !== 0);
  if (asked !== undefined && !photons) {
    throw new InputError(...asked, 'given with --unraveling photodetection: no other jumps are photons');
  }
  const records = number('records', kept, 0, mostRecords, true);
  const g2Time = number('g2-time', time, 0, counted / 2);
  if (g2Time === 0) {
    if (Number(bins) !== 0) throw new InputError('g2-time', raw.g2Time, 'given with --g2-bins');
    return { g2Time, g2Bins: 0, records };
  }
  const g2Bins = number('g2-bins', Number(bins) === 0 ? defaultG2Bins : bins, 1, mostG2Bins, true);
  if ((counted * g2Bins) / g2Time > mostWindowBins) {
    const least = (counted * g2Bins) / mostWindowBins;
    throw new InputError('g2-time', g2Time, `at least ${least} for ${g2Bins} bins of the delay`);
  }
  return { g2Time, g2Bins, records };
}
