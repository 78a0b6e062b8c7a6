import { SwitchingStatistics } from '../../../src/statistics/switching';
import { walkEnsemble } from '../../../src/trajectories/ensemble';
import { burnInSlots } from '../../../src/trajectories/record';
import { withGpu } from '../with-gpu';
import { type Request, requestOf } from './ensemble';

/** @param halfway <S_z> between the two states */
export function regression(request: Request, halfway: number) {
  return withGpu(async (gpu) => {
    const { system, time, samples, burnIn } = request;
    const left = burnInSlots(burnIn, time, samples);
    const statistics = new SwitchingStatistics(system.atoms, time / samples, samples + 1, left, halfway);
    const never = new AbortController().signal;
    for await (const { switching } of walkEnsemble(gpu, requestOf(request), never, () => {})) {
      if (switching === null) throw new Error('The batch has no committors.');
      statistics.add(switching);
    }
    return statistics.regression();
  });
}
