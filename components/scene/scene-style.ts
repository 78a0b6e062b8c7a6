import { css } from 'lit';
import { legendStyle } from '../shared/style';

export const sceneStyle = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  .story {
    display: grid;
    grid-template-columns: minmax(200px, 290px) minmax(0, 1fr);
    align-items: center;
    gap: 8px 28px;
    margin-bottom: 10px;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 6px 16px;
    min-height: 46px;
  }
  .bar p {
    flex: 1 1 240px;
    margin: 0;
    color: var(--text-soft);
    font-size: 0.88rem;
  }
  .controls {
    display: flex;
    gap: 6px;
  }
  .controls button,
  .controls select {
    min-height: 30px;
    font-size: 0.86rem;
  }
  .plots {
    position: relative;
    display: grid;
    grid-template-columns: 10fr 13fr 6fr;
    gap: 0 6px;
    margin-top: 6px;
  }
  .plots > * {
    min-width: 0;
  }
  .head {
    display: flex;
    align-items: center;
    min-height: 30px;
    color: var(--text-soft);
  }
  .picture .head {
    overflow: hidden;
    white-space: nowrap;
  }
  .x-label {
    text-align: center;
    color: var(--text-soft);
  }
  .picture canvas {
    display: block;
    width: 100%;
  }
  .place {
    position: absolute;
    pointer-events: none;
    z-index: 100;
  }
  ${legendStyle}
  .legend {
    gap: 2px 14px;
    font-size: 0.84rem;
  }
  .legend .swatch {
    width: 16px;
    margin-right: 5px;
  }
  .legend .dashed {
    border-top: 2px dashed var(--swatch);
  }
  .legend .bars {
    width: 11px;
    height: 11px;
    border: 0;
    background: var(--swatch);
  }
  .legend .points {
    width: 7px;
    height: 7px;
  }
  .failed {
    color: var(--bad);
  }
  .data summary {
    width: max-content;
    margin-top: 4px;
    border-radius: 4px;
    font-size: 0.82rem;
    color: var(--text-soft);
    cursor: pointer;
  }
  .still {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(340px, 100%), 1fr));
    gap: 18px 28px;
  }
  .still > * {
    min-width: 0;
  }
  @media print {
    .plots {
      break-inside: avoid;
    }
    /* A canvas that is drawn for print rubs out what it was cleared over. */
    .place {
      display: none;
    }
  }
  @container (max-width: 640px) {
    .story,
    .plots {
      grid-template-columns: minmax(0, 1fr);
    }
    .plots {
      gap: 14px;
    }
  }
`;
