DROP TABLE draft_bases;
