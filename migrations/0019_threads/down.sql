DROP TABLE remarks;
DROP TABLE threads;
