DROP TABLE draft_updates;
