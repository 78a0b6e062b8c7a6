/** The page's start: the lab, or with #headless the same lab without a face. */
if (location.hash === '#headless') {
  const { serveHeadless } = await import('./headless');
  serveHeadless();
} else {
  await import('../../components/lab/dicke-lab');
  document.body.append(document.createElement('dicke-lab'));
}

export {};
