import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { Client } from '../../src/page/client';
import { LiveTrajectory } from '../../src/page/live-trajectory';
import { keysOf } from '../../src/parameters/options';
import type { PresetName } from '../../src/parameters/presets';
import { type SystemParameters, systemParameters } from '../../src/parameters/system';
import './embed-line';
import './engine-badge';
import '../files/chosen-sheet';
import { download } from '../files/download';
import { type Probe, probeAdapter } from './adapter-probe';
import { bibtex } from './citation';
import { headline } from './findings';
import './section-links';
import type { LabPlot } from '../plot/lab-plot';
import { figureCaption, figureRuns } from './figures';
import { type Steps, ViewHistory, withoutHistory } from './history';
import { Query } from './query';
import { type PanelName, sections } from './sections';
import '../panels/gap/gap-panel';
import { labStyle } from './lab-style';
import '../panels/mean-field/mean-field-panel';
import '../panels/metastable/metastable-panel';
import '../runs/run-queue';
import { FollowRuns } from '../runs/follow-runs';
import { Runs } from '../runs/runs';
import '../files/session-files';
import '../panels/steady-state/steady-panel';
import { choice } from '../shared/choice';
import { isAtHome } from '../shared/home';
import { controlStyle, menuStyle, notationStyle } from '../shared/style';
import '../parameters/system-form';
import { systemWords } from '../parameters/system-words';
import { applyTheme, chooseTheme, chosenTheme, Guest, guestStyle, themes } from './theme';
import '../panels/light/light-panel';
import '../panels/trajectories/trajectories-panel';
import type { TrajectoryPlayer } from '../panels/trajectories/trajectory-player';
import {
  type CheckedView,
  checkView,
  figureOf,
  type PhasePlace,
  type View,
  viewFromQuery,
  withDrive,
  withFigure,
  withPhase,
} from '../parameters/view';

const themeChoices = themes.map((theme) => [theme, theme] as const);
const isStill = matchMedia('(prefers-reduced-motion: reduce)');
/** Where the parameters stand above the panels, folded. */
const narrow = matchMedia('(max-width: 900px)');

/**
 * The lab: parameters at the left, the panels of the paper's story beside them. At home what it shows is in the page's address; on a page of
 * others in its attribute `query`, in the words of such an address: `atoms=54&ratio=15.5&drive=0.75`, or `figure=2b`, which runs.
 */
@customElement('dicke-lab')
export class DickeLab extends LitElement {
  static override styles = [controlStyle, menuStyle, notationStyle, labStyle, guestStyle];

  @state() private view: View = viewFromQuery(isAtHome() ? location.search : '');
  @state() private hasGallery = false;
  @state() private section: PanelName = 'mean-field-panel';
  @state() private probe: Probe = { kind: 'probing' };
  private checked: CheckedView = checkView(this.view);
  /** the last that were valid: what the panels show while a field is being typed in */
  private parameters: SystemParameters = this.checked.parameters ?? systemParameters();
  private readonly runs = new Runs(new Client());
  private readonly live = new LiveTrajectory();
  private readonly history: Steps = isAtHome()
    ? new ViewHistory(this.runs, (view) => this.show(view))
    : withoutHistory(this.runs);

  constructor() {
    super();
    if (isAtHome()) applyTheme();
    else {
      new Guest(this);
      new Query(this, (view) => this.look(view));
    }
    new FollowRuns(this, () => this.runs);
    narrow.addEventListener('change', () => this.requestUpdate());
    void probeAdapter().then((probe) => {
      this.probe = probe;
    });
  }

  /** A link to a figure runs it, unless its results are kept. */
  protected override firstUpdated(): void {
    this.watchSections();
    const figure = figureOf(this.view);
    if (figure && !this.history.isReturn) void this.runPanel(figure, true);
  }

  protected override render() {
    const { parameters, checked, probe } = this;
    return html`
      <header>
        <button class="skip" @click=${this.skip}>Skip to the plots</button>
        <h1>Dicke Bistability Lab</h1>
        <p>${headline(parameters, this.runs.of('metastable states')?.documents[0])}</p>
        <p class="parameters">${systemWords(parameters)}</p>
        <div class="tools">
          ${probe.kind === 'probing' ? nothing : html`<engine-badge .probe=${probe} .runs=${this.runs}></engine-badge>`}
          <details class="menu">
            <summary class="button">Lab</summary>
            <div class="lab-menu">
              <session-files
                .runs=${this.runs}
                .view=${this.view}
                @view-change=${(event: CustomEvent<View>) => this.open(event.detail)}
              ></session-files>
              <div class="theme">${choice('Theme', themeChoices, chosenTheme(), chooseTheme)}</div>
              <sheet-choice></sheet-choice>
              ${isAtHome() ? html`<embed-line .view=${this.view}></embed-line>` : nothing}
              <button @click=${() => download('dicke-bistability-lab.bib', bibtex())}>Cite (BibTeX)</button>
              <a href="https://arxiv.org/abs/2404.02134" rel="noreferrer">The paper: Leppenen and Shahmoon</a>
            </div>
          </details>
        </div>
      </header>
      <section-links .current=${this.section} @section=${(event: CustomEvent<PanelName>) => this.goTo(event.detail)} @figures=${() => void this.openGallery()}></section-links>
      ${
        this.hasGallery
          ? html`<figure-gallery @figure=${(event: CustomEvent<PresetName>) => void this.runFigure(event.detail)}></figure-gallery>`
          : nothing
      }
      <div class="columns">
        <main
          tabindex="-1"
          @drive-change=${(event: CustomEvent<number>) =>
            this.change({ ...withDrive(this.view, event.detail, parameters), figure: '' })}
          @phase-change=${(event: CustomEvent<PhasePlace>) =>
            this.change({ ...withPhase(this.view, event.detail, parameters), figure: '' })}
        >
          <run-queue .runs=${this.runs}></run-queue>
          <mean-field-panel
            .view=${this.view}
            .checked=${checked}
            .parameters=${parameters}
            .live=${this.live}
            .runs=${this.runs}
          ></mean-field-panel>
          <steady-panel
            .view=${this.view}
            .checked=${checked}
            .parameters=${parameters}
            .runs=${this.runs}
          ></steady-panel>
          <gap-panel
            .view=${this.view}
            .checked=${checked}
            .parameters=${parameters}
            .runs=${this.runs}
          ></gap-panel>
          <metastable-panel
            .live=${this.live}
            .view=${this.view}
            .checked=${checked}
            .parameters=${parameters}
            .runs=${this.runs}
          ></metastable-panel>
          <trajectories-panel
            .view=${this.view}
            .checked=${checked}
            .parameters=${parameters}
            .runs=${this.runs}
            @view-change=${(event: CustomEvent<View>) => this.open(event.detail)}
          ></trajectories-panel>
          <light-panel
            .view=${this.view}
            .checked=${checked}
            .parameters=${parameters}
            .runs=${this.runs}
          ></light-panel>
        </main>
        <aside aria-label="Parameters">
          <details ?open=${!narrow.matches}>
            <summary>Parameters: ${systemWords(parameters)}</summary>
            <system-form
              .view=${this.view}
              .checked=${checked}
              @view-change=${(event: CustomEvent<View>) => this.change({ ...event.detail, figure: '' })}
              @figure=${(event: CustomEvent<PresetName>) => void this.runFigure(event.detail)}
            ></system-form>
          </details>
        </aside>
      </div>
    `;
  }

  /** Sets one of the paper's figures or presets and runs it. */
  private async runFigure(figure: PresetName): Promise<void> {
    this.show(withFigure(this.view, figure));
    this.history.choose(this.view);
    await this.runPanel(figure);
  }

  /** Shows the view that a page of others asks for. */
  private look(view: View): void {
    this.open(view);
    const figure = figureOf(view);
    if (figure && this.hasUpdated) void this.runPanel(figure, true);
  }

  /** Goes to the figure's panel and runs what it needs: on a page of others, unless a person asked, without moving that. */
  private async runPanel(figure: PresetName, unlessKept = false): Promise<void> {
    await this.updateComplete;
    const { panel, runs } = figureRuns[figure];
    const element = this.renderRoot.querySelector(panel);
    if (!element) return;
    await element.updateComplete;
    if (isAtHome() || !unlessKept)
      element.scrollIntoView({ behavior: isStill.matches ? 'instant' : 'smooth', block: 'start' });
    if (unlessKept) await this.runs.recallWanted();
    if ('begin' in element)
      for (const run of runs) if (!unlessKept || !element.holds(run)) element.begin(run);
  }

  /** Which section is in sight: the last that begins above a line in the upper third of the window. */
  private watchSections(): void {
    const panels = keysOf(sections).map((name) => this.renderRoot.querySelector(name)!);
    const seen = new IntersectionObserver(
      () => {
        const line = 0.31 * innerHeight;
        const last = panels.findLast((panel) => panel.getBoundingClientRect().top <= line);
        this.section = (last ?? panels[0]).localName as PanelName;
      },
      { rootMargin: '-30% 0px -69% 0px' },
    );
    for (const panel of panels) seen.observe(panel);
    const linked = keysOf(sections).find((panel) => `#${sections[panel].id}` === location.hash);
    if (linked && isAtHome() && figureOf(this.view) === null) this.goTo(linked);
  }

  /** Loaded when it is first asked for. */
  private async openGallery(): Promise<void> {
    await import('./figure-gallery');
    this.hasGallery = true;
    await this.updateComplete;
    await this.renderRoot.querySelector('figure-gallery')!.show();
  }

  /** Names the chosen figure over the plot that shows it, with the paper's numbers beside ours. */
  protected override async updated(): Promise<void> {
    const figure = figureOf(this.view);
    const captions = new Map<LabPlot, string>();
    if (figure !== null) {
      const { panel, plot } = figureRuns[figure];
      const element = this.renderRoot.querySelector(panel)!;
      await element.updateComplete;
      for (const one of plotsIn(element.renderRoot))
        if (captions.size === 0 && one.spec.title.startsWith(plot))
          captions.set(one, figureCaption(figure, this.runs.documents));
    }
    for (const panel of keysOf(sections))
      for (const one of plotsIn(this.renderRoot.querySelector(panel)!.renderRoot))
        one.caption = captions.get(one) ?? '';
  }

  private goTo(panel: PanelName): void {
    const element = this.renderRoot.querySelector<HTMLElement>(panel)!;
    element.scrollIntoView({ behavior: isStill.matches ? 'instant' : 'smooth', block: 'start' });
    // From here on Tab goes through the section.
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
  }

  private skip(): void {
    this.renderRoot.querySelector('main')?.focus();
  }

  private show(view: View): void {
    this.checked = checkView(view);
    this.parameters = this.checked.parameters ?? this.parameters;
    this.view = view;
  }

  /** Shows a view that a person is typing or dragging. */
  private change(view: View): void {
    this.show(view);
    this.history.edit(view);
  }

  /** Shows the view of files that were opened. */
  private open(view: View): void {
    this.show(view);
    this.history.open(view);
  }
}

/** Of a panel, and of the player in it, where that is loaded. */
function plotsIn(root: ParentNode): LabPlot[] {
  const loaded = root.querySelectorAll<TrajectoryPlayer>('trajectory-player:defined');
  const players = [...loaded].map(({ renderRoot }) => renderRoot);
  return [...players, root].flatMap((part) => [...part.querySelectorAll('lab-plot')]);
}

declare global {
  interface HTMLElementTagNameMap {
    'dicke-lab': DickeLab;
  }
}
