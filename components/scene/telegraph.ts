/** <S_z>(t) of the trajectory that is watched, coloured by the committor, and the ring that is where it is now. */
import type { Ink } from '../../src/drawing/plot-spec';
import { windowLength } from '../../src/page/live-pace';
import type { LiveSample } from '../../src/page/live-trajectory';
import { drawLevel, inFrame, type Limits, type SceneView, xOf, yOf } from './frame';
import { inkOf, type SceneLevel } from './levels';

const serifFont = "'STIX Two Text', Cambria, Georgia, 'Liberation Serif', serif";

/** The window ends with the last sample, once it is full. */
export function timeLimits(samples: readonly LiveSample[]): Limits {
  const end = Math.max(windowLength, samples[samples.length - 1]?.t ?? 0);
  return [end - windowLength, end];
}

export function drawTelegraph(
  view: SceneView,
  atoms: number,
  samples: readonly LiveSample[],
  levels: readonly SceneLevel[],
): void {
  const { context, palette } = view;
  inFrame(view, () => {
    for (const { sz, ink, dashed } of levels)
      drawLevel(view, sz, palette[ink], dashed ? [5, 4] : [], dashed ? 0.75 : 0.6);
    context.lineWidth = 1.5;
    context.lineJoin = 'round';
    let ink: Ink | null = null;
    for (let i = 1; i < samples.length; i++) {
      const next = inkOf(samples[i].p);
      if (next !== ink) {
        if (ink !== null) context.stroke();
        ink = next;
        context.strokeStyle = palette[ink];
        context.beginPath();
        context.moveTo(xOf(view, samples[i - 1].t), yOf(view, (2 * samples[i - 1].Sz) / atoms));
      }
      context.lineTo(xOf(view, samples[i].t), yOf(view, (2 * samples[i].Sz) / atoms));
    }
    if (ink !== null) context.stroke();
    drawNames(view, levels);
    const last = samples[samples.length - 1];
    if (last) drawRing(view, xOf(view, last.t), yOf(view, (2 * last.Sz) / atoms), palette[inkOf(last.p)], 4);
  });
}

/** rho_+ and rho_- at their lines, legible on whatever is behind them. */
function drawNames(view: SceneView, levels: readonly SceneLevel[]): void {
  const { context, palette, frame } = view;
  context.textAlign = 'left';
  context.textBaseline = 'bottom';
  context.font = `18px ${serifFont}`;
  context.lineWidth = 5;
  context.strokeStyle = palette.surface;
  for (const { sz, ink, name } of levels) {
    const place = [name, frame.left + 6, yOf(view, sz) - 2] as const;
    context.strokeText(...place);
    context.fillStyle = palette[ink];
    context.fillText(...place);
  }
}

/** Where it was in the last samples, and where it is, on the plane of the S-curve. */
export function drawPlace(view: SceneView, atoms: number, samples: readonly LiveSample[]): void {
  const { context, palette } = view;
  const last = samples[samples.length - 1];
  if (!last) return;
  const trail = samples.slice(-trailLength);
  const place = ({ drive, Sz }: LiveSample) => [xOf(view, drive), yOf(view, (2 * Sz) / atoms)] as const;
  context.lineWidth = 2;
  context.lineCap = 'round';
  for (let i = 1; i < trail.length; i++) {
    context.globalAlpha = (0.6 * i) / trail.length;
    context.strokeStyle = palette[inkOf(trail[i].p)];
    context.beginPath();
    context.moveTo(...place(trail[i - 1]));
    context.lineTo(...place(trail[i]));
    context.stroke();
  }
  context.globalAlpha = 1;
  drawRing(view, ...place(last), palette[inkOf(last.p)], 7);
}
const trailLength = 40;

function drawRing(
  { context, palette }: SceneView,
  x: number,
  y: number,
  colour: string,
  radius: number,
): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = palette.surface;
  context.fill();
  context.lineWidth = 2.5;
  context.strokeStyle = colour;
  context.stroke();
}
