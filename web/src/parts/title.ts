import { useEffect } from 'react';

/** Names the page in the browser's tab: "Organisations – Undersigned". */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title === undefined || title === '' ? 'Undersigned' : `${title} – Undersigned`;
  }, [title]);
}
