/** P_m on its side, on the axis of s_z: the trajectory's own as it fills up, and what it is made of once that is known. */
import type { TwoStates } from '../../src/experiments/spectrum/two-states';
import { drawLevel, inFrame, type SceneView, xOf, yOf } from './frame';
import type { SceneLevel } from './levels';

/** A round end of the axis of probability. */
export function probabilityEnd(Pm: ArrayLike<number>, states: TwoStates | null): number {
  let most = 0;
  for (let i = 0; i < Pm.length; i++) {
    const stacked = states
      ? states.plus.weight * states.plus.Pm[i] + states.minus.weight * states.minus.Pm[i]
      : 0;
    most = Math.max(most, Pm[i], stacked);
  }
  return ends.find((end) => end >= 1.08 * most) ?? 1;
}
const ends = [0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1];

export function drawDistribution(
  view: SceneView,
  atoms: number,
  Pm: ArrayLike<number> | null,
  states: TwoStates | null,
  levels: readonly SceneLevel[],
): void {
  const { context, palette } = view;
  const at = (i: number) => (2 * i) / atoms - 1;
  const bar = (i: number, from: number, to: number) => {
    const [top, bottom] = [yOf(view, at(i + 0.43)), yOf(view, at(i - 0.43))];
    context.fillRect(xOf(view, from), top, xOf(view, to) - xOf(view, from), Math.max(0.5, bottom - top));
  };
  inFrame(view, () => {
    for (const { sz, ink, dashed } of levels) if (dashed) drawLevel(view, sz, palette[ink], [5, 4], 0.75);
    if (states) {
      const { plus, minus } = states;
      context.globalAlpha = 0.8;
      context.fillStyle = palette.lower;
      for (let i = 0; i <= atoms; i++) bar(i, 0, plus.weight * plus.Pm[i]);
      context.fillStyle = palette.upper;
      for (let i = 0; i <= atoms; i++)
        bar(i, plus.weight * plus.Pm[i], plus.weight * plus.Pm[i] + minus.weight * minus.Pm[i]);
      context.globalAlpha = 1;
    }
    if (!Pm) return;
    context.fillStyle = states ? palette.exact : palette.trace;
    if (!states) {
      context.globalAlpha = 0.55;
      for (let i = 0; i <= atoms; i++) bar(i, 0, Pm[i]);
      context.globalAlpha = 1;
      return;
    }
    const radius = Math.min(3, Math.max(1.4, view.frame.height / atoms / 3));
    context.beginPath();
    for (let i = 0; i <= atoms; i++) {
      const [x, y] = [xOf(view, Pm[i]), yOf(view, at(i))];
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
    context.fill();
  });
}
