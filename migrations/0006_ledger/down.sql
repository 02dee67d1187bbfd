DROP TABLE openings;
DROP TABLE leaves;
DROP TABLE logs;
