import { chapterByChapter, whatHappensToALab } from './the-chapters.ts';

chapterByChapter('trixie');
whatHappensToALab('trixie');
