// The round of a statement: not yet, open or closed.
import { useTranslation } from 'react-i18next';
import { useRound } from '../api/queries';
import type { StatementDetail } from '../api/types';
import { Empty, Loading, Problem } from '../parts/states';
import { StatementFrame } from '../shell/statement-frame';
import { WithStatement } from '../shell/with-statement';
import { Answers } from './answers';
import { OpenRound } from './open-round';
import { Regions } from './regions';
import { RoundSummary } from './round-summary';
import { WithheldNames } from './withheld-names';

export function RoundPage() {
  const { t } = useTranslation();
  return (
    <WithStatement>
      {(statement) => (
        <StatementFrame statement={statement} page={t('tabs.round')}>
          <Round statement={statement} />
        </StatementFrame>
      )}
    </WithStatement>
  );
}

function Round({ statement }: { statement: StatementDetail }) {
  const { t } = useTranslation('signing');
  const round = useRound(statement.round?.id);

  if (statement.state === 'drafting') {
    return (
      <Empty title={t('not-yet.title')}>
        <p>{t('not-yet.drafting')}</p>
      </Empty>
    );
  }
  if (statement.state === 'frozen') {
    if (statement.may.includes('open-round')) return <OpenRound statement={statement} />;
    return (
      <Empty title={t('not-yet.title')}>
        <p>{t('not-yet.frozen')}</p>
      </Empty>
    );
  }
  if (statement.round === undefined) {
    return (
      <Empty title={t('not-yours.title')}>
        <p>{t('not-yours.next')}</p>
      </Empty>
    );
  }
  if (round.isError) return <Problem error={round.error} retry={() => round.refetch()} />;
  if (round.data === undefined) return <Loading lines={8} />;
  return (
    <>
      <RoundSummary round={round.data} />
      <Answers round={round.data} />
      <div className="pair">
        <Regions round={round.data} />
        <WithheldNames round={round.data} />
      </div>
    </>
  );
}
