import { workshop } from '../the-workshop.ts';
import { typeChapters } from './type-chapters.ts';

typeChapters(
  'by-hand-dcs',
  'bookworm',
  workshop.chapters.filter(({ slug }) => slug === 'dcs'),
);
