import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Progress } from '../../src/experiments/experiment';
import { controlStyle } from '../shared/style';
import type { RunState, Runs } from './runs';

/** How far a run is: bar, rate, time left, and the button that stops it. Fires `stop`. */
@customElement('run-status')
export class RunStatus extends LitElement {
  static override styles = [
    controlStyle,
    css`
      :host {
        display: block;
      }
      .run {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
      }
      progress {
        appearance: none;
        flex: 0 0 96px;
        width: 96px;
        height: 6px;
        border: 0;
        border-radius: 4px;
        overflow: hidden;
        background: var(--surface-sunk);
      }
      progress::-webkit-progress-bar {
        background: var(--surface-sunk);
      }
      progress::-webkit-progress-value {
        background: var(--accent);
      }
      progress::-moz-progress-bar {
        background: var(--accent);
      }
      .words {
        flex: 1 1 8rem;
        font-size: 0.86rem;
        color: var(--text-soft);
        font-variant-numeric: tabular-nums;
      }
      button {
        min-height: 28px;
      }
    `,
  ];

  @property({ attribute: false }) run!: RunState;
  @property({ attribute: false }) ahead: ReturnType<Runs['ahead']> = null;

  protected override render() {
    const { run, ahead } = this;
    const { progress } = run;
    return html`<div class="run">
      <progress
        aria-label="Progress of the ${run.name}"
        max="1"
        .value=${progress ? progress.done / Math.max(progress.total, 1) : 0}
      ></progress>
      <span class="words"><b>${run.name}</b>, ${progress ? progressText(progress) : run.phase === 'waiting' && ahead ? waitingText(run, ahead) : 'starting'}</span>
      <button @click=${() => this.dispatchEvent(new CustomEvent('stop'))}>Cancel</button>
    </div>`;
  }
}

function waitingText(run: RunState, ahead: NonNullable<ReturnType<Runs['ahead']>>): string {
  const one = ahead.name === run.name ? 'the one before it' : `the ${ahead.name}`;
  return ahead.isStopping ? `waits until ${one} has stopped` : `waits for its turn after ${one}`;
}

function progressText({ phase, done, total, unit, rate, eta }: Progress): string {
  const parts = [`${phase}: ${count(done)} of ${count(total)} ${unit}`];
  if (rate !== null) parts.push(`${count(rate)} per second`);
  if (eta !== null) parts.push(`${duration(eta)} left`);
  return parts.join(', ');
}

const count = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));

/** Seconds in words: `8 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

declare global {
  interface HTMLElementTagNameMap {
    'run-status': RunStatus;
  }
}
