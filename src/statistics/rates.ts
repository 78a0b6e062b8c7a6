/** Jumps and photons after the burn-in, per unit of time. */
import { processes } from '../operators/ladder';
import { channels } from '../trajectories/record';
import type { Averages } from './averages';
import { type Judged, judged } from './estimate';

/** Jumps counted, of these channels together. */
export function jumpRate(averages: Averages, channels: readonly number[]): Judged {
  return judgedAs(averages, (mean) =>
    channels.reduce((sum, channel) => sum + mean[averages.placeOfChannel(channel)] / averages.duration, 0),
  );
}

/**
 * A process's rates from the moments: of emission gamma_1D <S_+ S_-> into the cavity, all atoms' own gamma_F (N/2 + <S_z>), and of this
 * the part that keeps j, what the jumps between blocks leave of it; and so pumping and dephasing. For unravellings whose jumps are not of
 * one channel each.
 * @param p the process's place in `processes`
 */
export function rateFromMoments(averages: Averages, p: number) {
  const { system, duration } = averages;
  const { individual, collective, step } = processes[p];
  const [Sx2, Sy2, Sz2, Sz] = (['Sx2', 'Sy2', 'Sz2', 'Sz'] as const).map((name) => averages.placeOf(name));
  const together = (mean: ArrayLike<number>) =>
    system[collective] * (step === 0 ? mean[Sz2] : mean[Sx2] + mean[Sy2] - step * mean[Sz]);
  const alone = (mean: ArrayLike<number>) =>
    system[individual] * (step === 0 ? system.atoms / 4 : system.atoms / 2 - step * mean[Sz]);
  const changing = (mean: ArrayLike<number>) =>
    [2, 3].reduce((sum, kind) => sum + mean[averages.placeOfChannel(channels.length * p + kind)], 0) /
    duration;
  return {
    collective: judgedAs(averages, together),
    individual: judgedAs(averages, alone),
    sameJ: judgedAs(averages, (mean) => alone(mean) - changing(mean)),
  };
}

/** Of emission. */
export const emission = (averages: Averages) => rateFromMoments(averages, 0);

function judgedAs(averages: Averages, f: (mean: ArrayLike<number>) => number): Judged {
  const { value, error } = averages.perTrajectory.propagate(f);
  return judged(value, error, averages.perTrajectory.propagateErrors(f, averages.floors()));
}
