import { typeChapters } from './type-chapters.ts';

typeChapters({ edition: 'trixie', slugs: ['replica'], from: 'the kept end' });
