import { workshop } from '../the-workshop.ts';
import { typeChapters } from './type-chapters.ts';

typeChapters(
  'by-hand-sync',
  'trixie',
  workshop.chapters.filter(({ slug }) => slug === 'sync'),
);
