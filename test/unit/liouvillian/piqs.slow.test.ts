/** Six atoms beside QuTiP's PIQS: steady moments, and the slowest eigenvalues of both. PIQS holds some of its coefficients to 1e-7 alone. */
import { expect, test } from 'vitest';
import { steadyState } from '../../../src/experiments/spectrum/steady-state';
import { CoarseSpectrum } from '../../../src/liouvillian/coarse-spectrum';
import { Liouvillian } from '../../../src/liouvillian/liouvillian';
import { momentsOfRho } from '../../../src/operators/moments';
import { systemParameters } from '../../../src/parameters/system';
import type { SystemInput } from '../../../src/parameters/system-options';
import { byPiqs } from '../../oracle/full-space';
import { GENERAL } from '../reference';
import { runExperiment } from './run-experiment';

const six: SystemInput = { atoms: 6, gamma1d: 1.4, gammaf: 0.6, omega: 1.1 };
const systems = [
  systemParameters(six),
  systemParameters({ ...six, detuning: 0.7 }),
  systemParameters({ ...six, collectiveShift: -0.5 }),
  systemParameters({ ...six, pumping: 0.9, dephasing: 0.4 }),
  systemParameters({ ...six, omega: 0, pumping: 2, detuning: 0.3 }),
  systemParameters({ ...six, collectivePumping: 0.3, collectiveDephasing: 0.8 }),
  systemParameters({ ...six, gamma1d: 0, gammaf: 0, dephasing: 0.8 }),
  GENERAL[0].system,
];

test('six atoms: what PIQS says', async () => {
  const piqs = await byPiqs(systems);
  for (const [i, system] of systems.entries()) {
    const { steady, eigenvalues } = piqs[i];
    const { result } = await runExperiment(steadyState, system);
    for (const name of ['Sx', 'Sy', 'Sz', 'Sx2', 'Sy2', 'Sz2'] as const)
      expect(result.moments[name], `${name} of system ${i}`).toBeCloseTo(steady[name], 5);
    const whole = new Liouvillian(system);
    const parts = whole.parts === 'both' ? [whole] : [whole, new Liouvillian(system, 'antisymmetric')];
    const spectra = await Promise.all(parts.map((one) => CoarseSpectrum.ofAllModes(one, async () => {})));
    const moments = momentsOfRho(whole.pyramid, spectra[0].steady);
    expect(moments.SySz, `SySz of system ${i}`).toBeCloseTo(steady.SySz, 5);
    expect(moments.SxSz, `SxSz of system ${i}`).toBeCloseTo(steady.SxSz, 5);
    const found = spectra.flatMap(({ found }) => found);
    for (const [re, im] of eigenvalues) {
      const off = found.map((mode) => Math.hypot(mode.re - re, mode.im - Math.abs(im)));
      expect(Math.min(...off), `${re} + ${im}i of system ${i}`).toBeLessThan(1e-5);
    }
    const slowest = Math.min(...found.map(({ re }) => re));
    expect(slowest, `slowest of system ${i}`).toBeCloseTo(eigenvalues[0][0], 5);
  }
});
