DROP TABLE answers;
DROP TABLE pending_answers;
DROP TABLE signing_letters;
DROP TABLE invitations;
DROP TABLE rounds;
