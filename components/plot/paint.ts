/** Draws shapes on a canvas, one unit a CSS pixel: what `shapeSvg` writes to a file. */
import type { Palette } from '../../src/drawing/palettes';
import type { Point } from '../../src/drawing/places';
import type { CellsShape, Shape } from '../../src/drawing/shapes';

export function paint(context: CanvasRenderingContext2D, shapes: readonly Shape[], palette: Palette): void {
  context.save();
  context.lineJoin = 'round';
  context.lineCap = 'butt';
  for (const shape of shapes) paintShape(context, shape, palette[shape.ink]);
  context.restore();
}

function paintShape(context: CanvasRenderingContext2D, shape: Shape, colour: string): void {
  context.globalAlpha = 1;
  context.beginPath();
  switch (shape.kind) {
    case 'line':
      for (const line of shape.lines) trace(context, line);
      context.lineWidth = shape.width;
      context.setLineDash([...shape.dash]);
      context.strokeStyle = colour;
      context.stroke();
      break;
    case 'area':
      for (const outline of shape.outlines) {
        trace(context, outline);
        context.closePath();
      }
      context.globalAlpha = shape.opacity;
      context.fillStyle = colour;
      context.fill();
      break;
    case 'dots':
      for (const [x, y] of shape.centers) {
        context.moveTo(x + shape.radius, y);
        context.arc(x, y, shape.radius, 0, 2 * Math.PI);
      }
      context.fillStyle = colour;
      context.fill();
      break;
    case 'cells':
      paintCells(context, shape, colour);
  }
}

function trace(context: CanvasRenderingContext2D, [first, ...rest]: readonly Point[]): void {
  context.moveTo(...first);
  for (const point of rest) context.lineTo(...point);
}

function paintCells(context: CanvasRenderingContext2D, shape: CellsShape, colour: string): void {
  const { from, to, columns, rows, opacities } = shape;
  const rgb = [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16));
  const image = new ImageData(columns, rows);
  for (let i = 0; i < opacities.length; i++) {
    image.data.set(rgb, 4 * i);
    image.data[4 * i + 3] = opacities[i];
  }
  const picture = document.createElement('canvas');
  picture.width = columns;
  picture.height = rows;
  picture.getContext('2d')!.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, from[0], from[1], to[0] - from[0], to[1] - from[1]);
}
