import { css } from 'lit';

export const triangleStyle = css`
  .picture {
    position: relative;
    border-radius: 4px;
  }
  .picture svg {
    display: block;
    width: 100%;
    height: auto;
    overflow: visible;
  }
  .picture .over {
    position: absolute;
    inset: 0;
    pointer-events: none;
  }
  .trail {
    fill: none;
    stroke: var(--ink-exact);
    stroke-width: 1.8;
    stroke-linejoin: round;
  }
  .trail.halo {
    stroke: var(--surface);
    stroke-width: 4;
  }
  .trail.jump {
    stroke: var(--ink-guide);
    stroke-width: 2;
  }
  .collective {
    fill: var(--surface);
    stroke: var(--ink-exact);
    stroke-width: 1.4;
  }
  .individual {
    fill: var(--ink-guide);
    stroke: var(--surface);
    stroke-width: 1;
  }
  .now {
    fill: none;
    stroke: var(--text);
    stroke-width: 2.2;
  }
  .cell {
    fill: none;
    stroke: var(--accent);
    stroke-width: 2;
  }
  .swatch.collective {
    width: 9px;
    height: 9px;
    border: 1.6px solid var(--ink-exact);
    border-radius: 50%;
  }
  .swatch.individual {
    width: 9px;
    height: 9px;
    border: 0;
    background: var(--ink-guide);
    transform: rotate(45deg);
  }
`;
