import { chaptersInAdvance, whatHappensToALab } from './the-chapters.ts';

chaptersInAdvance('bookworm');
whatHappensToALab('bookworm');
