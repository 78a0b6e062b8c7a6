import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { escapeXml } from '../../src/drawing/notation';
import { type View, viewToQuery } from '../parameters/view';
import { controlStyle } from '../shared/style';

/** The line of HTML that shows the present scene on another page. */
@customElement('embed-line')
export class EmbedLine extends LitElement {
  static override styles = [
    controlStyle,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 6px;
      }
      input {
        flex: 1;
        min-width: 60px;
        min-height: 28px;
      }
      button {
        min-height: 28px;
      }
    `,
  ];

  @property({ attribute: false }) view!: View;
  @state() private said = '';
  @query('input') private input!: HTMLInputElement;

  protected override render() {
    return html`<label for="line">Embed the scene</label>
      <input id="line" readonly .value=${this.line()} @focus=${() => this.input.select()} />
      <button aria-label="Copy the line that embeds the scene" @click=${() => void this.copy()}>Copy</button>
      <span role="status">${this.said}</span>`;
  }

  private line(): string {
    const { href } = new URL(`embed.html?${viewToQuery(this.view)}`, location.href);
    return `<iframe src="${escapeXml(href)}" title="Dicke Bistability Lab" width="100%" height="700"></iframe>`;
  }

  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.line());
      this.said = 'Copied';
    } catch (error) {
      this.said = `Not copied: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'embed-line': EmbedLine;
  }
}
