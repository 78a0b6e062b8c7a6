/** Loads and starts what is heavy when somebody comes near it. */

/** How far below the fold it begins, in CSS pixels. */
const near = '600px';

/** Calls once, when the element comes near what is in sight; the call that is returned gives up waiting. */
export function whenNear(element: Element, then: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      then();
    },
    { rootMargin: near },
  );
  observer.observe(element);
  return () => observer.disconnect();
}
