import { css } from 'lit';

/** The frame that every panel of the story stands in. */
export const panelStyle = css`
  :host {
    display: block;
  }
  section {
    padding: 18px 22px 20px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--surface);
    box-shadow: var(--shadow);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 6px 16px;
    margin-bottom: 10px;
  }
  h2 {
    margin: 0;
    font-size: 1.16rem;
    font-weight: 650;
  }
  h3 {
    margin: 14px 0 4px;
    font-size: 0.95rem;
    font-weight: 650;
  }
  .finding {
    margin: 0 0 8px;
    max-width: 60ch;
    font-size: 1.12rem;
  }
  .lead {
    margin: 0 0 12px;
    max-width: 68ch;
    color: var(--text-soft);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .number {
    color: var(--text-faint);
    font-weight: 500;
  }
  .runs {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .estimate {
    color: var(--text-soft);
    white-space: nowrap;
  }
  li .estimate {
    float: right;
    margin-left: 24px;
  }
  .two {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(340px, 100%), 1fr));
    gap: 18px 28px;
    margin-top: 16px;
  }
  .two > *,
  .grid > * {
    min-width: 0;
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(240px, 100%), 1fr));
    gap: 14px 24px;
  }
  .titled {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 6px 16px;
    margin-top: 20px;
  }
  .titled h3 {
    margin: 0;
  }
  table.values {
    width: 100%;
    border-collapse: collapse;
    font-size: 0.9rem;
    font-variant-numeric: tabular-nums;
  }
  table.values th {
    font-weight: 500;
    text-align: left;
    color: var(--text-soft);
  }
  table.values td,
  table.values th {
    padding: 4px 10px 4px 0;
    border-bottom: 1px solid var(--line);
  }
  table.values td,
  table.values thead th:not(:first-child) {
    text-align: right;
  }
  table.values td {
    white-space: nowrap;
  }
  table.values .notation {
    white-space: normal;
  }
  .over {
    overflow-x: auto;
  }
  .stale {
    opacity: 0.5;
  }
  .note {
    margin: 12px 0 0;
    font-size: 0.86rem;
    color: var(--text-soft);
    max-width: 76ch;
  }
  .failed {
    margin: 0 0 12px;
    padding: 8px 12px;
    border-left: 3px solid var(--bad);
    background: var(--surface-sunk);
    overflow-wrap: anywhere;
  }
  details.method {
    margin-top: 14px;
    font-size: 0.9rem;
    color: var(--text-soft);
  }
  details.method summary {
    width: max-content;
    border-radius: 4px;
    cursor: pointer;
  }
  details.method p {
    max-width: 76ch;
    margin: 6px 0 0;
  }
  @media print {
    :host {
      break-inside: auto;
    }
    section {
      padding: 0;
      border: 0;
      box-shadow: none;
    }
    .buttons,
    .runs {
      display: none;
    }
    table.values {
      break-inside: avoid;
    }
    header,
    h3,
    .finding,
    .lead {
      break-after: avoid;
    }
    .over {
      overflow: visible;
    }
  }
`;
