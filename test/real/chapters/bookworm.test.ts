import { chaptersInAdvance } from './the-chapters.ts';

chaptersInAdvance('bookworm');
