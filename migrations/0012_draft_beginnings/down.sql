DROP TABLE draft_beginnings;
