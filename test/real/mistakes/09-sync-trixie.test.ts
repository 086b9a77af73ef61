import { makeMistakesOf } from './make-mistakes-of.ts';

makeMistakesOf('09-sync', 'trixie');
