import { typeChapters } from './type-chapters.ts';

typeChapters({ edition: 'trixie', slugs: ['failback'], from: 'the kept end' });
