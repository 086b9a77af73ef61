import { workshop } from '../the-workshop.ts';
import { typeChapters } from './type-chapters.ts';

// Its certificates are made with openssl, by an authority of the person's own.
typeChapters(
  'by-hand-https',
  'bookworm',
  workshop.chapters.filter(({ slug }) => slug === 'https'),
);
