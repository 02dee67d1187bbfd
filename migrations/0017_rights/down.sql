-- Who could not edit is let in no more: nobody's right grows by going back.
DELETE FROM statement_drafters WHERE may <> 'edit';
ALTER TABLE statement_drafters DROP COLUMN may;
ALTER TABLE statements DROP COLUMN remarks_until;
