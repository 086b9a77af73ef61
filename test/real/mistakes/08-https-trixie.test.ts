import { makeMistakesOf } from './make-mistakes-of.ts';

makeMistakesOf('08-https', 'trixie');
