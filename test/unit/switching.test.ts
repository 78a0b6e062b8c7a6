import { expect, test } from 'vitest';
import { SwitchingStatistics } from '../../src/statistics/switching';
import { philox, uniform01 } from '../../src/twin/philox';

const [ratePlus, rateMinus] = [0.3, 0.2];
const lambda1 = ratePlus + rateMinus;
const pPlus = rateMinus / lambda1;

/** Telegraph signals with the two rates: p is 1 or 0, and <S_z> of 20 atoms -8 or -1. */
function telegraph(trajectories: number, slots: number, interval: number) {
  const committor = new Float64Array(slots * trajectories);
  const Sz = new Float64Array(slots * trajectories);
  const fades = 1 - Math.exp(-lambda1 * interval);
  for (let n = 0; n < trajectories; n++) {
    const draw = (slot: number) => uniform01(philox([slot, 0, n, 0], [3, 0])[0]);
    let isPlus = draw(0) < 0.9;
    for (let slot = 0; slot < slots; slot++) {
      // the chance to be found in the other state one interval later
      if (slot > 0 && draw(slot) < fades * (isPlus ? 1 - pPlus : pPlus)) isPlus = !isPlus;
      committor[slot * trajectories + n] = isPlus ? 1 : 0;
      Sz[slot * trajectories + n] = isPlus ? -8 : -1;
    }
  }
  return { committor, Sz };
}

test('a telegraph signal gives its own rates back, by all three ways', () => {
  const [slots, interval, burnIn] = [401, 0.05, 200];
  const statistics = new SwitchingStatistics(20, interval, slots, burnIn, -4.5);
  statistics.add(telegraph(300, slots, interval));
  statistics.add(telegraph(300, slots, interval));
  const regression = statistics.regression()!;
  const exact = { lambda1, pPlus, ratePlus, rateMinus };
  for (const name of ['lambda1', 'pPlus', 'ratePlus', 'rateMinus'] as const) {
    const { value, error } = regression[name];
    expect(Math.abs(value - exact[name])).toBeLessThan(4 * error);
    expect(error).toBeLessThan(0.06 * exact[name]);
  }
  const cores = statistics.coreSets()!;
  for (const found of [cores, statistics.crossings()!]) {
    // two switches within one interval go unseen: a bias of lambda_1 interval / 2
    const unseen = (lambda1 * interval) / 2;
    const { ratePlus: out, rateMinus: back } = found;
    expect(Math.abs(out.value - ratePlus)).toBeLessThan(4 * out.error + unseen * ratePlus);
    expect(Math.abs(back.value - rateMinus)).toBeLessThan(4 * back.error + unseen * rateMinus);
    expect(out.error).toBeLessThan(0.1 * ratePlus);
  }
  const stays = [...cores.dwell.plus, ...cores.dwell.minus].reduce((sum, count) => sum + count, 0);
  expect(stays).toBeGreaterThan(0);
  expect(stays).toBeLessThan(cores.switches);
  // the shorter a stay, the likelier
  expect(cores.dwell.plus[0]).toBeGreaterThan(cores.dwell.plus[20]);
});

test('too little to fit is no estimate', () => {
  const statistics = new SwitchingStatistics(20, 1, 3, 0, -4.5);
  statistics.add({ committor: [1, 1, 1, 1, 1, 1], Sz: [-8, -8, -8, -8, -8, -8] });
  expect(statistics.regression()).toBeNull();
  expect(statistics.coreSets()).toBeNull();
  expect(statistics.crossings()).toBeNull();
});
