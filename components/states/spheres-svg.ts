/** The spheres as a file: as they are seen, their words as words. */
import { escapeXml, svgNotation } from '../../src/drawing/notation';
import { type Palette, sansFont } from '../../src/drawing/palettes';
import { type Ball, captionOf } from './balls';

const [each, top] = [300, 40];

/** @param seen the pictures of the balls, as links to data */
export function spheresSvg(
  balls: readonly Ball[],
  seen: readonly string[],
  palette: Palette,
  title: string,
  description: readonly string[],
): string {
  const [width, height] = [each * balls.length, each + top + 34];
  const parts = balls.map((ball, i) => {
    const middle = each * (i + 0.5);
    const text = (markup: string, y: number, size: number, fill: string) =>
      `<text x="${middle}" y="${y}" text-anchor="middle" fill="${fill}">${svgNotation(markup, size)}</text>`;
    return [
      text(ball.title, 26, 17, palette.exact),
      `<image href="${seen[i]}" x="${each * i + 5}" y="${top}" width="${each - 10}" height="${each - 10}"/>`,
      text(captionOf(ball), each + top + 14, 13, palette.text),
    ].join('\n');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family='${sansFont}'>
<title>${escapeXml(title)}</title>
<desc>${escapeXml(description.join('\n'))}</desc>
<rect width="${width}" height="${height}" fill="${palette.surface}"/>
${parts.join('\n')}
</svg>
`;
}
