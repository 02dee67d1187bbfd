DROP TABLE fate_letters;
DROP TABLE suggestions;
