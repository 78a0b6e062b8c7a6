/** Systems of the general model in which photodetection is held to its twins, each with the number of channels that it has. */
const everything = {
  gamma1d: 0.9,
  gammaf: 0.5,
  omega: 1.3,
  pumping: 0.3,
  dephasing: 0.7,
  collectivePumping: 0.15,
  collectiveDephasing: 0.25,
};

export const general = [
  // off resonance, with emission alone
  { system: { atoms: 18, gamma1d: 10, gammaf: 1, drive: 0.73, detuning: 0.5 }, time: 2, channels: 4 },
  { system: { atoms: 10, gamma1d: 4, omega: 9, detuning: 2, collectiveShift: -0.5 }, time: 4, channels: 4 },
  // on resonance, with all channels
  { system: { atoms: 6, ...everything }, time: 8, channels: 12 },
  { system: { atoms: 7, ...everything, dephasing: 2, gammaf: 0 }, time: 8, channels: 9 },
  // everything
  { system: { atoms: 6, ...everything, detuning: 0.4, collectiveShift: 0.2 }, time: 8, channels: 12 },
  { system: { atoms: 9, ...everything, detuning: -30, collectiveShift: 3 }, time: 12, channels: 12 },
  // one atom keeps its j
  { system: { atoms: 1, ...everything, detuning: 1, collectiveShift: 0.3 }, time: 12, channels: 6 },
  // no drive
  {
    system: { atoms: 9, gamma1d: 0.3, gammaf: 0.2, omega: 0, pumping: 1.5, dephasing: 0.1 },
    time: 8,
    channels: 10,
  },
];

/**
 * ... and the dark port: all of them but the first, in which one of eight trajectories makes 1e-4 of float32's rounding, and systems whose
 * states fill 24 and 48 modes.
 */
export const darkPortGeneral = [
  ...general.slice(1),
  { system: { atoms: 12, gamma1d: 3, gammaf: 1, drive: 0.73, detuning: 0.5 }, time: 4 },
  { system: { atoms: 23, gamma1d: 0.3, gammaf: 0.6, omega: 2, pumping: 0.5 }, time: 2 },
  { system: { atoms: 30, ratio: 15.5, drive: 0.75, dephasing: 0.8 }, time: 2 },
  { system: { atoms: 30, ratio: 15.5, drive: 1.5, detuning: 0.3, collectiveShift: 0.02 }, time: 1 },
];
