import { typeChapters } from './type-chapters.ts';

typeChapters({ edition: 'trixie', slugs: ['patroni'], from: 'the kept end' });
