import { makeMistakesOf } from './make-mistakes-of.ts';

makeMistakesOf('02-patroni', 'bookworm');
