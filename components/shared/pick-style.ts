import { css } from 'lit';

/** A heading with the choices of what stands below it. */
export const pickStyle = css`
  .pick {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 14px;
    min-height: 34px;
    margin-top: 16px;
    font-size: 0.88rem;
    color: var(--text-soft);
  }
  .pick h3 {
    margin: 0;
    color: var(--text);
  }
  .pick select {
    min-height: 28px;
  }
  details.fold > summary {
    width: max-content;
    margin-top: 10px;
    border-radius: 4px;
    color: var(--text-soft);
    cursor: pointer;
  }
`;
