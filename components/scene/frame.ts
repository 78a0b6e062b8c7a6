/** The pictures beside the S-curve: canvases whose frames have its height and its axis, so that one s_z is one height in all of them. */

import { type Palette, sansFont } from '../../src/drawing/palettes';
import type { Frame } from '../../src/drawing/places';
import { ticks, tickTexts } from '../../src/drawing/ticks';

/** As the chart beside them has them (components/plot/uplot-chart.ts): above its frame, and of its x axis below. */
export const chartTop = 8;
export const chartBottom = 30;

export type Limits = readonly [number, number];

export interface SceneView {
  readonly context: CanvasRenderingContext2D;
  readonly palette: Palette;
  readonly frame: Frame;
  /** of the horizontal axis, and of s_z */
  readonly x: Limits;
  readonly y: Limits;
  /** whether s_z has its numbers here: it does where no other plot stands to the left */
  readonly hasNumbers: boolean;
}

export const xOf = ({ frame, x: [from, to] }: SceneView, value: number) =>
  frame.left + ((value - from) / (to - from)) * frame.width;
export const yOf = ({ frame, y: [from, to] }: SceneView, value: number) =>
  frame.top + ((to - value) / (to - from)) * frame.height;

/** Makes the canvas as large as its place and sharp, empties it, and says where the frame is; null while it has no place. */
export function begin(
  canvas: HTMLCanvasElement,
  { width, height }: { readonly width: number; readonly height: number },
  hasNumbers: boolean,
): { readonly context: CanvasRenderingContext2D; readonly frame: Frame } | null {
  if (width === 0) return null;
  const ratio = devicePixelRatio;
  const size = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
  const context = canvas.getContext('2d')!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  const left = hasNumbers ? 44 : 1;
  const frame = { left, top: chartTop, width: width - left - 10, height: height - chartTop - chartBottom };
  return { context, frame };
}

/** Grid and numbers. */
export function drawAxes(view: SceneView): void {
  const { context, palette, frame, x, y } = view;
  const bottom = frame.top + frame.height;
  context.font = `12px ${sansFont}`;
  context.lineWidth = 1;
  context.strokeStyle = palette.grid;
  context.fillStyle = palette.text;
  context.beginPath();
  const across = ticks({}, x, 'x', frame.width);
  for (const at of across) {
    context.moveTo(xOf(view, at), frame.top);
    context.lineTo(xOf(view, at), bottom + 5);
  }
  const upwards = ticks({}, y, 'y', frame.height);
  for (const at of upwards) {
    context.moveTo(frame.left, yOf(view, at));
    context.lineTo(frame.left + frame.width, yOf(view, at));
  }
  context.stroke();
  context.textAlign = 'center';
  context.textBaseline = 'top';
  const texts = tickTexts(across);
  for (const [i, at] of across.entries()) {
    // One that is half outside says nothing.
    const place = xOf(view, at);
    if (place <= frame.left + frame.width - 4)
      context.fillText(texts[i], Math.max(place, frame.left + 5), bottom + 9);
  }
  if (!view.hasNumbers) return;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  const numbers = tickTexts(upwards);
  for (const [i, at] of upwards.entries()) context.fillText(numbers[i], frame.left - 8, yOf(view, at));
}

/** Draws inside the frame alone. */
export function inFrame({ context, frame }: SceneView, draw: () => void): void {
  context.save();
  context.beginPath();
  // A ring at the end stands half outside.
  context.rect(frame.left, frame.top, frame.width + 10, frame.height);
  context.clip();
  draw();
  context.restore();
}

/** A line across at one s_z. */
export function drawLevel(
  view: SceneView,
  sz: number,
  colour: string,
  dash: readonly number[],
  alpha: number,
): void {
  const { context, frame } = view;
  context.save();
  context.globalAlpha = alpha;
  context.strokeStyle = colour;
  context.lineWidth = 1.4;
  context.setLineDash([...dash]);
  context.beginPath();
  context.moveTo(frame.left, yOf(view, sz));
  context.lineTo(frame.left + frame.width, yOf(view, sz));
  context.stroke();
  context.restore();
}
