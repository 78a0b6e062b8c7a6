import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { keysOf } from '../../src/parameters/options';
import { controlStyle, notationStyle } from '../shared/style';
import { type PanelName, renderTitle, sections } from './sections';

/** Links to the sections, in sight wherever on the page one is. Fires `section` (detail: the panel's name) and `figures`. */
@customElement('section-links')
export class SectionLinks extends LitElement {
  static override styles = [
    controlStyle,
    notationStyle,
    css`
      :host {
        display: block;
        position: sticky;
        z-index: 155;
        top: 0;
        margin: 0 -22px 14px;
        padding: 0 22px;
        border-bottom: 1px solid var(--line);
        background: var(--bg);
      }
      nav {
        display: flex;
        gap: 2px 20px;
        overflow-x: auto;
      }
      a {
        padding: 9px 2px 7px;
        border-bottom: 2px solid transparent;
        color: var(--text-soft);
        text-decoration: none;
        white-space: nowrap;
      }
      a[aria-current='location'] {
        border-color: var(--accent);
        color: var(--text);
        font-weight: 600;
      }
      button {
        align-self: center;
        margin-left: auto;
        min-height: 28px;
        white-space: nowrap;
      }
      a:hover {
        color: var(--text);
      }
      .number {
        color: var(--text-faint);
      }
      :focus-visible {
        outline: 2px solid var(--accent);
        outline-offset: -2px;
      }
      @media (max-width: 900px) {
        :host {
          margin: 0 -10px 10px;
          padding: 0 10px;
        }
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) current!: PanelName;

  protected override render() {
    return html`<nav aria-label="Sections">
      ${keysOf(sections).map(
        (panel) =>
          html`<a
            href="#${sections[panel].id}"
            aria-current=${panel === this.current ? 'location' : 'false'}
            @click=${(event: Event) => this.go(event, panel)}
            >${renderTitle(sections[panel])}</a
          >`,
      )}
      <button @click=${() => this.dispatchEvent(new CustomEvent('figures'))}>Figures …</button>
    </nav>`;
  }

  /** The panels stand in a shadow root, where the browser follows no link. */
  private go(event: Event, panel: PanelName): void {
    event.preventDefault();
    this.dispatchEvent(new CustomEvent('section', { detail: panel }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'section-links': SectionLinks;
  }
}
