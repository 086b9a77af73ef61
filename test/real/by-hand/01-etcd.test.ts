import { typeChapters } from './type-chapters.ts';

typeChapters({ edition: 'trixie', slugs: ['etcd'], from: 'nothing' });
