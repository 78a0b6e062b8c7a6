import { css } from 'lit';

/** Fields in two columns, choices as joined buttons. */
export const formStyle = css`
  :host {
    display: block;
  }
  fieldset {
    margin: 0 0 18px;
    padding: 0;
    border: 0;
    min-width: 0;
  }
  legend {
    padding: 0;
    margin-bottom: 8px;
    font-weight: 650;
  }
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 108px;
    align-items: center;
    gap: 1px 10px;
    margin-bottom: 6px;
  }
  .field input,
  .field select {
    width: 100%;
  }
  #preset {
    width: 100%;
  }
  .more {
    margin: 10px 0 6px;
  }
  .more summary {
    margin-bottom: 6px;
    cursor: pointer;
  }
  .more .note,
  small {
    color: var(--text-faint);
  }
  .more .note {
    margin: 0;
    font-size: 0.84rem;
  }
  .problem {
    grid-column: 1 / -1;
    margin: 0;
    font-size: 0.84rem;
    color: var(--bad);
  }
  [aria-invalid='true'] {
    border-color: var(--bad);
    outline-color: var(--bad);
  }
  .choice {
    display: flex;
    gap: 0;
    margin: 10px 0 6px;
  }
  .choice label {
    flex: 1;
    padding: 3px 8px;
    border: 1px solid var(--line-strong);
    text-align: center;
    cursor: pointer;
    font-size: 0.9rem;
  }
  .choice label:first-of-type {
    border-radius: 6px 0 0 6px;
    border-right-width: 0;
  }
  .choice label:last-of-type {
    border-radius: 0 6px 6px 0;
  }
  .choice label:has(:checked) {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
  }
  .choice label:has(:focus-visible) {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .choice input {
    position: absolute;
    opacity: 0;
    min-height: 0;
    width: 1px;
    height: 1px;
  }
  dl {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 2px 10px;
    margin: 10px 0 0;
    padding: 8px 10px;
    border-radius: 6px;
    background: var(--surface-sunk);
    font-size: 0.88rem;
  }
  dd {
    margin: 0;
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
`;
