import { css } from 'lit';
import { legendStyle } from '../../shared/style';

export const playerStyle = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 10px;
    min-height: 34px;
    font-size: 0.88rem;
    color: var(--text-soft);
  }
  .bar h3 {
    margin: 0 6px 0 0;
    font-size: 0.95rem;
    font-weight: 650;
    color: var(--text);
  }
  .bar button,
  .bar select {
    min-height: 28px;
  }
  .bar .gap {
    flex: 1;
  }
  .play {
    min-width: 6.2em;
  }
  .scrub {
    flex: 1 1 12rem;
    min-width: 8rem;
    min-height: 24px;
    padding: 0;
    border: 0;
    accent-color: var(--accent);
  }
  .time {
    min-width: 6.5em;
    font-variant-numeric: tabular-nums;
    color: var(--text);
  }
  details.shown summary {
    display: block;
    min-height: 28px;
  }
  details.shown ul {
    padding: 8px 12px;
    white-space: nowrap;
  }
  details.shown label {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 28px;
    color: var(--text);
  }
  details.shown input {
    min-height: 0;
  }
  ${legendStyle}
  .legend {
    align-items: center;
    margin: 6px 0 4px;
  }
  .legend button {
    min-height: 24px;
    padding: 0 8px;
    font-size: 0.82rem;
  }
  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 9.4rem;
    gap: 0 10px;
    margin-bottom: 4px;
  }
  .reading {
    padding-top: 26px;
    font-size: 0.82rem;
    font-variant-numeric: tabular-nums;
    color: var(--text-soft);
  }
  .reading output {
    display: block;
    font-size: 1.5rem;
    font-weight: 700;
    line-height: 1.25;
    color: var(--swatch);
  }
  .reading ul {
    margin: 2px 0 0;
    padding: 0;
    list-style: none;
    line-height: 1.45;
  }
  .reading .swatch:not(.points) {
    width: 14px;
    border-top-width: 2px;
  }
  .words {
    min-height: 1.4em;
    margin: 4px 0 0;
    font-size: 0.86rem;
    color: var(--text-soft);
  }
  @media print {
    .row {
      break-inside: avoid;
    }
    .words {
      display: none;
    }
  }
  @container (max-width: 620px) {
    .row {
      grid-template-columns: minmax(0, 1fr);
      row-gap: 5px;
      margin-bottom: 10px;
    }
    .reading {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0 14px;
      order: -1;
      padding: 0 0 0 2px;
    }
    .reading output {
      min-width: 4.2em;
      font-size: 1.25rem;
    }
    .reading ul {
      display: flex;
      flex-wrap: wrap;
      gap: 0 12px;
      margin: 0;
    }
    details.shown ul {
      right: auto;
      left: 0;
    }
  }
`;
