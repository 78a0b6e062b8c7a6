/** Styles that several components share; the colours are custom properties of src/page/page.css. */
import { css, unsafeCSS } from 'lit';
import { inks } from '../../src/drawing/ink';

export const notationStyle = css`
  .notation i {
    font-family: 'STIX Two Text', Cambria, Georgia, 'Liberation Serif', 'Times New Roman', serif;
    font-size: 1.08em;
  }
  .notation {
    white-space: nowrap;
  }
  sub,
  sup {
    font-size: 0.74em;
    line-height: 0;
  }
`;

/** Legends, and the samples of lines and points in them, each of the colour that its ink has in the theme. */
export const legendStyle = css`
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 18px;
    margin: 6px 0 0;
    padding: 0;
    list-style: none;
    font-size: 0.86rem;
  }
  .swatch {
    display: inline-block;
    width: 18px;
    height: 0;
    margin-right: 6px;
    vertical-align: middle;
    border-top: 3px solid var(--swatch);
  }
  .swatch[data-dashed] {
    border-top-style: dashed;
  }
  .swatch.mark {
    border-top-style: dotted;
  }
  .swatch.points {
    width: 8px;
    height: 8px;
    border: 0;
    border-radius: 50%;
    background: var(--swatch);
  }
  ${unsafeCSS(inks.map((ink) => `[data-ink='${ink}'] { --swatch: var(--ink-${ink}); }`).join('\n'))}
`;

export const hiddenStyle = css`
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

export const controlStyle = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  button,
  input,
  select,
  summary {
    font: inherit;
    color: inherit;
  }
  button,
  .button {
    min-height: 32px;
    padding: 4px 12px;
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    background: var(--surface);
    cursor: pointer;
  }
  button:hover {
    border-color: var(--accent);
  }
  button:disabled {
    color: var(--text-faint);
    border-color: var(--line);
    cursor: default;
  }
  button.primary {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  button.primary:hover {
    background: var(--accent-strong);
  }
  button.primary:disabled {
    background: var(--surface-sunk);
    border-color: var(--line);
    color: var(--text-faint);
  }
  input,
  select {
    min-height: 32px;
    padding: 3px 8px;
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    background: var(--surface);
    font-variant-numeric: tabular-nums;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  @media print {
    /* Paper is not pressed: what was open stays open, without its handle. */
    button,
    .button,
    select,
    input,
    summary,
    label:has(select, input),
    details:not([open]) {
      display: none !important;
    }
  }
`;

/** A button that opens a list of others. */
export const menuStyle = css`
  .menu {
    position: relative;
  }
  .menu summary {
    display: inline-block;
    list-style: none;
    border-radius: 6px;
  }
  .menu summary::after {
    content: ' ▾';
  }
  .menu summary::-webkit-details-marker {
    display: none;
  }
  .menu > :not(summary) {
    position: absolute;
    z-index: 150;
    right: 0;
    width: max-content;
    max-width: 80vw;
    margin: 4px 0 0;
    padding: 6px 10px 10px;
    border: 1px solid var(--line-strong);
    border-radius: 8px;
    background: var(--surface);
    box-shadow: var(--shadow);
    list-style: none;
  }
  .menu li button {
    width: 100%;
    border-color: transparent;
    text-align: left;
    white-space: nowrap;
  }
`;
