import { useTranslation } from 'react-i18next';

/** The regional groups of the United Nations, as registers write them. */
export const REGIONS = ['African Group', 'Asia-Pacific Group', 'Eastern European Group', 'GRULAC', 'WEOG'] as const;

/** A region's name in the reader's words; one that is not a regional group stands as written. */
export function useRegionName(): (region: string) => string {
  const { t } = useTranslation('organisations');
  return (region) => {
    const known = REGIONS.find((name) => name === region);
    return known === undefined ? region : t(`regions.${known}`);
  };
}
