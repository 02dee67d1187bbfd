DROP TABLE acts;
DROP TABLE editions;
DROP TABLE statement_drafters;
DROP TABLE statements;
