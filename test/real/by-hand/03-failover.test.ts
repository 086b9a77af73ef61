import { typeChapters } from './type-chapters.ts';

// On trixie: a thawed leader of bookworm's Patroni 3.0 sometimes takes the lead back, and chapter 3 tells its reader to
// do the step again then, which only a person sees.
typeChapters({ edition: 'trixie', slugs: ['failover'], from: 'the kept end' });
