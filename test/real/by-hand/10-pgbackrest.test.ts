import { workshop } from '../the-workshop.ts';
import { typeChapters } from './type-chapters.ts';

typeChapters(
  'by-hand-10',
  'bookworm',
  workshop.chapters.filter(({ slug }) => slug === 'pgbackrest'),
);
