DROP TABLE tickets;
DROP TABLE sessions;
DROP TABLE sign_in_links;
DROP TABLE people;
