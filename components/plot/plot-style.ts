import { css } from 'lit';
import { legendStyle } from '../shared/style';

export const plotStyle = css`
  :host {
    display: block;
  }
  figure {
    margin: 0;
    min-width: 0;
    break-inside: avoid;
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    min-height: 30px;
  }
  .files {
    display: flex;
    gap: 2px;
  }
  .files button {
    min-height: 24px;
    padding: 0 7px;
    border-color: transparent;
    background: none;
    font-size: 0.75rem;
    color: var(--text-soft);
  }
  .files button:hover:not(:disabled) {
    border-color: var(--line-strong);
  }
  .files button:disabled {
    visibility: hidden;
  }
  .area {
    position: relative;
  }
  .chart {
    width: 100%;
    border-radius: 4px;
  }
  :host([stale]) .chart {
    opacity: 0.38;
    filter: grayscale(0.7);
  }
  :host([empty]) .chart,
  :host([empty]) .x-label,
  :host([empty]) .legend,
  :host([empty]) details.table {
    display: none;
  }
  :host([empty]) .message {
    position: static;
    padding: 10px 14px;
    border: 1px dashed var(--line-strong);
    border-radius: 6px;
    font-size: inherit;
  }
  :host([chosen]) figure {
    padding: 8px 12px;
    border-radius: 8px;
    outline: 2px solid var(--accent);
  }
  figcaption .notation {
    white-space: normal;
  }
  figcaption {
    margin-bottom: 4px;
    font-weight: 600;
    font-size: 0.92rem;
  }
  .message,
  .stale-note {
    position: absolute;
    inset: 10px 18px auto auto;
    margin: 0;
    padding: 1px 8px;
    border: 1px solid var(--line-strong);
    border-radius: 99px;
    background: var(--surface);
    color: var(--text-soft);
    font-size: 0.8rem;
    pointer-events: none;
  }
  .y-label .notation,
  .x-label .notation,
  .legend .notation {
    white-space: normal;
  }
  .y-label,
  .x-label {
    color: var(--text-soft);
  }
  .x-label {
    text-align: center;
    margin-left: 40px;
  }
  ${legendStyle}
  .legend {
    min-height: 1.6em;
  }
  .legend .at,
  .legend output {
    font-variant-numeric: tabular-nums;
    color: var(--text-soft);
  }
  .swatch.bars,
  .swatch.band {
    width: 12px;
    height: 12px;
    border: 0;
    background: var(--swatch);
    opacity: 0.4;
  }
  .swatch.scale {
    width: 52px;
    height: 12px;
    border: 1px solid var(--line);
    background: linear-gradient(to right, var(--surface), var(--swatch));
  }
  .swatch.band {
    opacity: 0.2;
  }
  .table summary {
    width: max-content;
    margin-top: 4px;
    border-radius: 4px;
    font-size: 0.82rem;
    color: var(--text-soft);
    cursor: pointer;
  }
  .scroll {
    max-height: 260px;
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: 6px;
    font-size: 0.8rem;
  }
  @media print {
    .scroll {
      max-height: none;
    }
  }
  .scroll p {
    margin: 6px 10px;
    color: var(--text-soft);
  }
  table {
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  th {
    position: sticky;
    top: 0;
    background: var(--surface-sunk);
  }
  th,
  td {
    padding: 2px 12px;
    text-align: right;
    white-space: nowrap;
  }
  .has-handle {
    cursor: ew-resize;
    touch-action: pan-y;
  }
  .handle-line {
    position: absolute;
    top: 0;
    bottom: 0;
    width: 0;
    border-left: 1.5px solid var(--accent);
    translate: -50% 0;
    pointer-events: none;
  }
  .moves-both {
    cursor: move;
    touch-action: none;
  }
  .handle-level {
    position: absolute;
    left: 0;
    right: 0;
    height: 0;
    border-top: 1px solid var(--accent);
    translate: 0 -50%;
    opacity: 0.55;
    pointer-events: none;
  }
  .drive-line {
    position: absolute;
    z-index: 101;
    top: 0;
    bottom: 0;
    width: 15px;
    translate: -50% 0;
    cursor: ew-resize;
    touch-action: pan-y;
  }
  .drive-line::before {
    content: '';
    position: absolute;
    top: 0;
    bottom: 0;
    left: 7px;
    border-left: 1px solid var(--accent);
  }
  .drive-line:hover::before {
    border-left-width: 2px;
  }
  .drive-line span,
  .handle-line span,
  .handle-level span {
    position: absolute;
    bottom: 1px;
    left: 10px;
    padding: 0 3px;
    border-radius: 3px;
    background: color-mix(in srgb, var(--surface) 82%, transparent);
    font-size: 0.72rem;
    line-height: 1.35;
    color: var(--accent);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
    pointer-events: none;
  }
  .handle-line span {
    left: 4px;
  }
  .handle-level span {
    left: 2px;
  }
  .drive-line.at-right span {
    left: auto;
    right: 10px;
  }
  .handle-knob {
    position: absolute;
    z-index: 101;
    width: 16px;
    height: 16px;
    border: 3px solid var(--accent);
    border-radius: 50%;
    background: var(--surface);
    translate: -50% -50%;
    cursor: grab;
  }
  .handle-dot {
    position: absolute;
    width: 9px;
    height: 9px;
    border: 2px solid var(--accent);
    border-radius: 50%;
    background: var(--surface);
    translate: -50% -50%;
    pointer-events: none;
  }
  .handle-knob::after {
    content: '';
    position: absolute;
    inset: -12px;
  }
`;
