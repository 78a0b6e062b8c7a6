import { html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';

/** The lab. */
@customElement('dicke-lab')
export class DickeLab extends LitElement {
  override render() {
    return html`<h1>Dicke Bistability Lab</h1>`;
  }
}
