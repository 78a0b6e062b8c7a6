// Loaded on every page of the site; those with examples that run load what runs them.
const { src } = document.currentScript;
const enliven = async () => {
  if (document.querySelector('[data-live]')) (await import(new URL('../live/live.js', src))).enliven();
};
if (document.readyState === 'loading') addEventListener('DOMContentLoaded', enliven);
else enliven();
