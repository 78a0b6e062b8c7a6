import { css } from 'lit';

/** Plots under one another on one axis: what is said of one curve in each is said once, beside them. */
export const stackStyle = css`
  :host([stacked]) figure {
    position: relative;
  }
  :host([stacked]) .legend,
  :host([stacked='inner']) .x-label {
    display: none;
  }
  /* As wide as the plots below it, whose axis is its own too. */
  :host([stacked][chosen]) figure {
    padding: 0;
    outline-offset: 3px;
  }
  :host([stacked]) figcaption {
    padding-right: 92px;
  }
  /* The time is said once, above them. */
  :host([stacked]) .handle-line span {
    display: none;
  }
  :host([stacked]) .head {
    min-height: 26px;
    padding-right: 82px;
  }
  :host([stacked]) .table summary {
    position: absolute;
    top: 4px;
    right: 0;
    margin: 0;
    font-size: 0.75rem;
  }
  :host([stacked]) .scroll {
    margin: 4px 0 8px;
  }
  .handle-veil {
    position: absolute;
    inset: 0;
    background: var(--surface);
    opacity: 0.86;
    pointer-events: none;
  }
  .handle-veil[hidden] {
    display: none;
  }
`;
