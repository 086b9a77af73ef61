import { typeChapters } from './type-chapters.ts';

typeChapters({ edition: 'trixie', slugs: ['sync'], from: 'the kept end' });
