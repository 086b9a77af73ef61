import { theChapters } from './the-chapters.ts';

theChapters('trixie');
