import { workshop } from '../the-workshop.ts';
import { typeChapters } from './type-chapters.ts';

const chapter = workshop.chapters.filter(({ slug }) => slug === 'pgbackrest');

typeChapters('by-hand-10', 'trixie', chapter);
typeChapters('by-hand-10-bookworm', 'bookworm', chapter);
