// The address of a link (Ctrl+K). An empty address takes the link away.
import type { Editor } from '@tiptap/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../parts/confirm';
import { TextField } from '../parts/field';
import { ADDRESS_BYTES_MAX, addressOf } from '../text/link';

export function LinkDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const { t } = useTranslation('drafting');
  const before = String(editor.getAttributes('link').href ?? '');
  const [typed, setTyped] = useState(before);
  const [tried, setTried] = useState(false);
  const address = addressOf(typed);
  const remove = typed.trim() === '' && before !== '';
  const ready = address !== undefined || remove;

  const set = () => {
    setTried(true);
    if (!ready) return;
    const chain = editor.chain().focus().extendMarkRange('link');
    if (remove) chain.unsetLink().run();
    else if (address !== undefined && editor.state.selection.empty && before === '') {
      chain.insertContent({ type: 'text', text: typed.trim(), marks: [{ type: 'link', attrs: { href: address } }] }).run();
    } else if (address !== undefined) chain.setLink({ href: address }).run();
    onClose();
  };

  return (
    <Confirm opened title={t('link.title')} verb={remove ? t('link.remove') : t('link.set')} busy={false} onConfirm={set} onClose={onClose}>
      <TextField
        label={t('link.address')}
        hint={t('link.hint')}
        problem={tried && !ready ? t('link.problem') : undefined}
        type="text"
        inputMode="url"
        dir="ltr"
        autoComplete="off"
        maxLength={ADDRESS_BYTES_MAX}
        value={typed}
        data-autofocus
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </Confirm>
  );
}
