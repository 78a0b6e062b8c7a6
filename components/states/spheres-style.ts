import { css } from 'lit';

export const spheresStyle = css`
  .balls {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(210px, 46%), 1fr));
    gap: 10px 22px;
    border-radius: 8px;
    touch-action: pan-y;
    cursor: grab;
    user-select: none;
  }
  .balls.turning {
    cursor: grabbing;
  }
  .ball {
    margin: 0;
    min-width: 0;
    text-align: center;
  }
  .ball strong {
    font-size: 0.98rem;
    font-weight: 600;
  }
  .ball .swatch {
    width: 11px;
    height: 11px;
    border: 0;
    border-radius: 50%;
    background: var(--swatch);
    vertical-align: -0.5px;
  }
  .ball canvas {
    display: block;
    width: 100%;
    max-width: 330px;
    aspect-ratio: 1;
    margin: 2px auto 4px;
  }
  .ball .notation {
    white-space: normal;
  }
  .ball small {
    display: block;
    min-height: 2.9em;
    font-size: 0.82rem;
    color: var(--text-soft);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 18px;
    align-items: center;
    font-size: 0.86rem;
  }
  .choices label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .choices input {
    min-height: 0;
    width: 16px;
    height: 16px;
    margin: 0;
    accent-color: var(--accent);
  }
  .swatch.spin {
    width: 9px;
    height: 9px;
    border: 0;
    border-radius: 50%;
    background: var(--ink-exact);
  }
  .swatch.ellipse {
    width: 16px;
    height: 9px;
    border: 2px solid var(--ink-exact);
    border-radius: 50%;
  }
  .swatch.coherent {
    width: 11px;
    height: 11px;
    border: 1.5px dashed var(--ink-exact);
    border-radius: 50%;
  }
  .swatch.cross {
    width: auto;
    height: auto;
    border: 0;
    font-weight: 700;
    color: var(--swatch);
  }
`;
