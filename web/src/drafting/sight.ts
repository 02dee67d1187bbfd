// What a phone's keyboard leaves in sight. Browsers that can be asked to make the page smaller are asked in `index.html`;
// the others push the page up under their own edge, and what should stay in sight must be told where sight begins.
import { useEffect } from 'react';

/** Keeps `--sight` at the distance from the page's edge to the edge of what is in sight. */
export function useSight(): void {
  useEffect(() => {
    const sight = globalThis.visualViewport;
    const { style } = document.documentElement;
    if (sight === null || sight === undefined) return undefined;
    const measure = () => style.setProperty('--sight', `${Math.max(0, Math.round(sight.offsetTop))}px`);
    measure();
    sight.addEventListener('resize', measure);
    sight.addEventListener('scroll', measure);
    return () => {
      sight.removeEventListener('resize', measure);
      sight.removeEventListener('scroll', measure);
      style.removeProperty('--sight');
    };
  }, []);
}
