import type { ReactiveController, ReactiveElement } from 'lit';
import { Client } from '../../src/page/client';
import { LiveTrajectory } from '../../src/page/live-trajectory';
import { type SystemParameters, systemParameters } from '../../src/parameters/system';
import {
  type CheckedView,
  checkView,
  defaultView,
  type PhasePlace,
  type View,
  withDrive,
  withPhase,
} from '../parameters/view';
import '../runs/run-queue';
import { Runs } from '../runs/runs';
import type { Walk } from '../states/walk';
import { Query } from './query';
import { Guest } from './theme';

/** What the lab lends its panels. */
interface Panel extends ReactiveElement {
  view: View;
  checked: CheckedView;
  parameters: SystemParameters;
  runs: Runs;
  live?: Walk | null;
}

/**
 * A panel without the lab around it, on a page of others, has of its own what the lab lends: a view, which its attribute `query` says as that
 * of `dicke-lab` does, runs, and a trajectory to watch.
 */
export class Alone implements ReactiveController {
  private isAlone = false;

  constructor(private readonly panel: Panel) {
    panel.addController(this);
  }

  hostConnected(): void {
    const { panel } = this;
    if (this.isAlone || panel.runs !== undefined) return;
    this.isAlone = true;
    panel.runs = new Runs(new Client());
    panel.parameters = systemParameters();
    if ('live' in panel) panel.live = new LiveTrajectory();
    this.show(defaultView);
    const show = (view: View) => this.show({ ...view, figure: '' });
    panel.addEventListener('drive-change', (event) =>
      show(withDrive(panel.view, (event as CustomEvent<number>).detail, panel.parameters)),
    );
    panel.addEventListener('phase-change', (event) =>
      show(withPhase(panel.view, (event as CustomEvent<PhasePlace>).detail, panel.parameters)),
    );
    panel.addEventListener('view-change', (event) => show((event as CustomEvent<View>).detail));
    // Added while it is connected, they may hear of that twice.
    new Guest(panel);
    new Query(panel, (view) => this.show(view));
    void panel.updateComplete.then(() => {
      const queue = document.createElement('run-queue');
      queue.runs = panel.runs;
      panel.renderRoot.prepend(queue);
    });
  }

  private show(view: View): void {
    const { panel } = this;
    panel.checked = checkView(view);
    panel.parameters = panel.checked.parameters ?? panel.parameters;
    panel.view = view;
  }
}
