/** The page's start. */
import '../../components/lab/dicke-lab';
import { beAtHome } from '../../components/shared/home';

/**
 * Not in a frame, where another page's clicks could land on its buttons: a host that sends no headers cannot forbid it, for
 * `frame-ancestors` does not count in the page itself.
 */
function refusal(): HTMLElement {
  const words = document.createElement('main');
  words.className = 'refusal';
  const link = Object.assign(document.createElement('a'), {
    href: location.href,
    target: '_blank',
    rel: 'noopener',
  });
  link.textContent = 'Open it in a window of its own';
  words.append(
    'Dicke Bistability Lab does not run inside another page. ',
    link,
    '. Pages show its scene by embed.html.',
  );
  return words;
}

beAtHome();
document.body.append(window.top === window ? document.createElement('dicke-lab') : refusal());
