import { workshop } from '../the-workshop.ts';
import { typeChapters } from './type-chapters.ts';

typeChapters(
  'by-hand-dcs',
  'trixie',
  workshop.chapters.filter(({ slug }) => slug === 'dcs'),
);
