DROP TABLE bracket_stands;
DROP TABLE brackets;
