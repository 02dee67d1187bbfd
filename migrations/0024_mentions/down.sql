DROP TABLE mention_letters;
DROP TABLE mentions;
