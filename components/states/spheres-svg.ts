/** The spheres as a file: as they are seen, their words as words. */
import { escapeXml, svgNotation } from '../../src/drawing/notation';
import { type Palette, sansFont } from '../../src/drawing/palettes';
import { linesOf, type Sheet, sizeOf } from '../../src/drawing/sheet';
import { type Ball, captionOf } from './balls';

const top = 40;
const [captionSize, captionLine] = [13, 17];
const onScreen = 300;
const leastInPrint = 200;

/** How many stand side by side, and how wide each is with its caption, in the file's units. */
export function ballsOn({ millimetres, width }: Sheet, count: number): { columns: number; each: number } {
  if (millimetres === null) return { columns: count, each: onScreen };
  const columns = Math.min(count, Math.floor(width / leastInPrint));
  return { columns, each: width / columns };
}

/** The picture's side of a ball so wide. */
export const pictureSide = (each: number) => each - 10;

/** @param seen the pictures of the balls, as links to data */
export function spheresSvg(
  balls: readonly Ball[],
  seen: readonly string[],
  palette: Palette,
  title: string,
  description: readonly string[],
  sheet: Sheet,
): string {
  const { columns, each } = ballsOn(sheet, balls.length);
  const captions = balls.map((ball) => linesOf(captionOf(ball), captionSize, each - 10));
  const below = captionLine * Math.max(...captions.map(({ length }) => length));
  const rowHeight = each + top + below;
  const [width, height] = [each * columns, Math.ceil(balls.length / columns) * rowHeight + 17];
  const parts = balls.map((ball, i) => {
    const [left, upper] = [each * (i % columns), Math.floor(i / columns) * rowHeight];
    const text = (markup: string, y: number, size: number, fill: string) =>
      `<text x="${left + each / 2}" y="${upper + y}" text-anchor="middle" fill="${fill}">${svgNotation(markup, size)}</text>`;
    return [
      text(ball.title, 26, sheet.millimetres === null ? 17 : 14, palette.exact),
      `<image href="${seen[i]}" x="${left + 5}" y="${upper + top}" width="${pictureSide(each)}" height="${pictureSide(each)}"/>`,
      ...captions[i].map((line, k) =>
        text(line, each + top + 14 + k * captionLine, captionSize, palette.text),
      ),
    ].join('\n');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ${sizeOf(sheet, width, height)} font-family='${sansFont}'>
<title>${escapeXml(title)}</title>
<desc>${escapeXml(description.join('\n'))}</desc>
<rect width="${width}" height="${height}" fill="${palette.surface}"/>
${parts.join('\n')}
</svg>
`;
}
