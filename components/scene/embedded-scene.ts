import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { driveEnd, inversionPlot, meanFieldCurves, undrivenOnce } from '../../src/figures/mean-field-plots';
import { meanFieldBranches } from '../../src/mean-field/branches';
import { meanFieldOf } from '../../src/mean-field/equations';
import { LiveTrajectory } from '../../src/page/live-trajectory';
import type { SystemParameters } from '../../src/parameters/system';
import { meanFieldOrigin } from '../../src/results/origin';
import { driveHandle } from '../panels/mean-field/drive-handle';
import { systemWords } from '../parameters/system-words';
import { checkView, type View, viewFromQuery, viewToQuery, withDrive } from '../parameters/view';
import '../plot/lab-plot';
import { memo } from '../../src/drawing/memo';
import { hiddenStyle, notationStyle } from '../shared/style';
import { sharedAxis } from './levels';
import './opening-scene';

/** The scene of the system in the page's address, for other pages to show, and the way to the lab. */
@customElement('embedded-scene')
export class EmbeddedScene extends LitElement {
  static override styles = [
    notationStyle,
    hiddenStyle,
    css`
      :host {
        display: block;
        padding: 12px 16px 10px;
        background: var(--surface);
      }
      footer {
        margin-top: 8px;
        color: var(--text-soft);
        font-size: 0.88rem;
      }
      a {
        color: inherit;
      }
    `,
  ];

  @state() private view: View = viewFromQuery(location.search);
  private readonly live = new LiveTrajectory();
  private readonly origins = memo(meanFieldOrigin);
  private readonly undriven = undrivenOnce();
  private readonly curves = memo(meanFieldCurves);
  private readonly axis = memo(sharedAxis);
  private readonly inversion = memo(inversionPlot);

  protected override render() {
    const { parameters, problems } = checkView(this.view);
    return html`<main>
      <h1 class="hidden">A quantum trajectory of driven, collectively decaying atoms</h1>
      ${
        parameters === null
          ? html`<p role="alert">${[...problems].map(([field, words]) => `${field}: ${words} `)}</p>`
          : this.renderScene(parameters)
      }
      <footer>
        ${parameters === null ? '' : html`${systemWords(parameters)}. `}<a
          href="./?${viewToQuery(this.view)}"
          target="_blank"
          rel="noopener"
          >The whole of it in Dicke Bistability Lab</a
        >
      </footer>
    </main>`;
  }

  private renderScene(parameters: SystemParameters) {
    const undriven = this.undriven(parameters);
    const curves = this.curves(undriven, driveEnd(parameters));
    const axis = this.axis(undriven);
    return html`<opening-scene
      .parameters=${parameters}
      .live=${this.live}
      .drive=${curves.drive}
      .axis=${axis}
      .height=${260}
    >
      <lab-plot
        slot="curve"
        .spec=${this.inversion(curves, axis)}
        .origins=${this.origins(parameters)}
        .handle=${driveHandle(parameters, meanFieldBranches(meanFieldOf(parameters)))}
        .height=${260}
        @handle-move=${({ detail }: CustomEvent<number>) => {
          this.view = { ...withDrive(this.view, detail, parameters), figure: '' };
        }}
      ></lab-plot>
    </opening-scene>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'embedded-scene': EmbeddedScene;
  }
}
