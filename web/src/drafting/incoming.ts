// Which of the files that somebody chose or let go is a word processor's. What is in it the server says; here only its name counts.

export const WORD_FILES = '.docx,.odt,.doc,application/vnd.openxmlformats-officedocument.wordprocessingml.document,application/vnd.oasis.opendocument.text';

/** The first of these files that can be brought in. An old one is among them, so that its refusal says what to do. */
export function wordFileIn(files: Iterable<File>): File | undefined {
  return [...files].find(({ name }) => /\.(?:docx|docm|dotx|odt|ott|doc)$/iu.test(name));
}
