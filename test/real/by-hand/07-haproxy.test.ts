import { workshop } from '../the-workshop.ts';
import { typeChapters } from './type-chapters.ts';

typeChapters(
  'by-hand-haproxy',
  'bookworm',
  workshop.chapters.filter(({ slug }) => slug === 'haproxy'),
);
