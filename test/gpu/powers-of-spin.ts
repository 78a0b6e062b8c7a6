/** Powers of the spin in an observable: 1 in Sz, 2 in Sz2 and SySz, 0 in j and the fidelities. */
export const powersOfSpin = (observable: string) => observable.replaceAll(/[^S2]/g, '').length;
