import { typeChapters } from './type-chapters.ts';

// Typed one after the other in one lab: what one text leaves behind the next one has to find. The certificates of
// chapter 8 are made with openssl, by an authority of the person's own.
typeChapters({ edition: 'bookworm', slugs: ['dcs', 'haproxy', 'https'], from: 'a lab that is built' });
