export { append, isNote, wordsOf, type LeftOut, type Letters, type NoteRef, type Pasted, type PastedBlock } from './blocks';
export { readHtml } from './read-html';
export { readPlain } from './read-plain';
export { writeHtml, writePlain } from './write';
