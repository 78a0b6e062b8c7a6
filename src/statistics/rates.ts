/** Jumps and photons after the burn-in, per unit of time. */
import { type Observable, observables } from '../trajectories/record';
import type { Averages } from './averages';
import { type Judged, judged } from './estimate';

/** Where an observable's and a channel's means are among those of `perTrajectory`. */
const at = (name: Observable) => observables.indexOf(name);
const ofChannel = (channel: number) => observables.length + channel;

/** Jumps counted, of these channels together. */
export function jumpRate(averages: Averages, channels: readonly number[]): Judged {
  return judgedAs(averages, (mean) =>
    channels.reduce((sum, channel) => sum + mean[ofChannel(channel)] / averages.duration, 0),
  );
}

/**
 * Emission from the moments: gamma_1D <S_+ S_-> into the cavity, all atoms' own gamma_F (N/2 + <S_z>), and of this the
 * part that keeps j, what the jumps between blocks leave of it. For unravellings whose jumps are not photons of one channel.
 */
export function emission(averages: Averages) {
  const { atoms, gamma1D, gammaF } = averages.system;
  const [Sx2, Sy2, Sz] = (['Sx2', 'Sy2', 'Sz'] as const).map(at);
  const individual = (mean: ArrayLike<number>) => gammaF * (atoms / 2 + mean[Sz]);
  const changing = (mean: ArrayLike<number>) => (mean[ofChannel(2)] + mean[ofChannel(3)]) / averages.duration;
  return {
    collective: judgedAs(averages, (mean) => gamma1D * (mean[Sx2] + mean[Sy2] + mean[Sz])),
    individual: judgedAs(averages, individual),
    sameJ: judgedAs(averages, (mean) => individual(mean) - changing(mean)),
  };
}

function judgedAs(averages: Averages, f: (mean: ArrayLike<number>) => number): Judged {
  const { value, error } = averages.perTrajectory.propagate(f);
  return judged(value, error, averages.perTrajectory.propagateErrors(f, averages.floors()));
}
