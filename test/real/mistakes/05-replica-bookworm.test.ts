import { makeMistakesOf } from './make-mistakes-of.ts';

makeMistakesOf('05-replica', 'bookworm');
