import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { type Sheet, type SheetName, sheets } from '../../src/drawing/sheet';
import { keysOf } from '../../src/parameters/options';
import { controlStyle } from '../shared/style';

let chosen: SheetName = 'screen';
const events = new EventTarget();

/** What the files of plots and pictures are made for, until the page is left. */
export const chosenSheet = (): Sheet => sheets[chosen];

/** The choice of it, in every menu that saves: one for all. */
@customElement('sheet-choice')
export class SheetChoice extends LitElement {
  static override styles = [
    controlStyle,
    css`
      :host {
        display: block;
      }
    `,
  ];

  private readonly changed = () => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    events.addEventListener('change', this.changed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    events.removeEventListener('change', this.changed);
  }

  protected override render() {
    return html`<label
      >SVG and PNG
      <select
        .value=${chosen}
        @change=${(event: Event) => {
          chosen = (event.target as HTMLSelectElement).value as SheetName;
          events.dispatchEvent(new Event('change'));
        }}
      >
        ${keysOf(sheets).map((name) => html`<option value=${name} ?selected=${name === chosen}>${sheets[name].label}</option>`)}
      </select></label
    >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sheet-choice': SheetChoice;
  }
}
