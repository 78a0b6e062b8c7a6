import { css } from 'lit';

/** The layout of the lab: one column on a phone, parameters beside the panels on a desk. */
export const labStyle = css`
  :host {
    display: block;
    max-width: 1440px;
    margin: 0 auto;
    padding: 0 22px 60px;
  }
  .skip {
    position: absolute;
    left: -999px;
  }
  .skip:focus {
    left: 8px;
    top: 8px;
    z-index: 200;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 4px 18px;
    padding: 20px 2px 12px;
  }
  h1 {
    margin: 0;
    font-size: 1.32rem;
    font-weight: 700;
    letter-spacing: -0.01em;
  }
  header p {
    flex: 1 1 300px;
    margin: 0;
    color: var(--text-soft);
    font-size: 0.88rem;
  }
  /* On paper alone: the form is not printed. */
  header p.parameters {
    display: none;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 14px;
    font-size: 0.84rem;
    color: var(--text-soft);
  }
  a {
    color: inherit;
  }
  .menu > .lab-menu {
    display: grid;
    gap: 10px;
    /* above the links to sections, which it opens over */
    z-index: 160;
  }
  main > :not(run-queue) {
    scroll-margin-top: 50px;
    outline: none;
  }
  .columns {
    display: grid;
    grid-template-columns: 304px minmax(0, 1fr);
    grid-template-areas: 'parameters story';
    gap: 20px;
    align-items: start;
  }
  aside {
    grid-area: parameters;
    position: sticky;
    top: 54px;
    max-height: calc(100vh - 68px);
    overflow-y: auto;
    padding: 18px 20px 4px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--surface);
    box-shadow: var(--shadow);
  }
  aside summary {
    display: none;
  }
  main {
    grid-area: story;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 20px;
  }
  main:focus {
    outline: none;
  }
  @media (max-width: 900px) {
    :host {
      padding: 0 10px 40px;
    }
    .columns {
      grid-template-columns: minmax(0, 1fr);
      grid-template-areas: 'parameters' 'story';
    }
    aside {
      position: static;
      max-height: none;
      padding: 10px 16px;
    }
    aside summary {
      display: list-item;
      border-radius: 4px;
      cursor: pointer;
    }
    aside details[open] summary {
      margin-bottom: 12px;
    }
  }
  @media print {
    :host {
      padding: 0;
    }
    .tools,
    aside {
      display: none;
    }
    header p.parameters {
      display: block;
      flex-basis: 100%;
    }
    .columns,
    main {
      display: block;
    }
    main > :not(run-queue, mean-field-panel) {
      break-before: page;
    }
  }
`;
