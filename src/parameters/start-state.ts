/** Pure states of spin N/2 to start from: all atoms down, all up, or the CRSS. */
export const startStates = ['ground', 'excited', 'crss'] as const;
export type StartState = (typeof startStates)[number];
