// Loaded on every page of the site; those with examples that run load what runs them.
if (document.querySelector('[data-live]'))
  import(new URL('../live/live.js', document.currentScript.src)).then(({ enliven }) => enliven());
