/** Ramps under which photodetection is held to its twins: up and down, with jumps and waits, on and off the sample times, steeply, in complex amplitudes. */
export const ramps = [
  { system: { atoms: 10, gamma1d: 10, gammaf: 1, drive: 0.3 }, time: 2, ramp: '0:0.3,1:1.2,2:0.3' },
  {
    system: { atoms: 5, gamma1d: 2, gammaf: 1, drive: 0 },
    time: 5,
    ramp: '0.3:0,1.33:2,1.33:0.5,3:0.5,3.7:1.5',
  },
  { system: { atoms: 7, gamma1d: 1, gammaf: 1, drive: 0.5 }, time: 5, ramp: '1:0.5,1.001:2,2.5:2,2.5:0,4:4' },
  {
    system: { atoms: 6, gamma1d: 4, gammaf: 1, drive: 0.5, detuning: 1, collectiveShift: 0.3, pumping: 0.4 },
    ...{ time: 4, ramp: '0:0.5,2:1.5,4:0.5' },
  },
];
