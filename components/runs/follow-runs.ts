import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Runs } from './runs';

/** Renders a component anew when the runs change. */
export class FollowRuns implements ReactiveController {
  private followed: Runs | null = null;
  private readonly update = () => this.host.requestUpdate();

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly runs: () => Runs,
  ) {
    host.addController(this);
  }

  hostUpdate(): void {
    if (this.followed === this.runs()) return;
    this.hostDisconnected();
    this.followed = this.runs();
    this.followed.addEventListener('change', this.update);
  }

  hostDisconnected(): void {
    this.followed?.removeEventListener('change', this.update);
    this.followed = null;
  }
}
