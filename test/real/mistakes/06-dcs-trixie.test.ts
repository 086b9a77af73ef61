import { makeMistakesOf } from './make-mistakes-of.ts';

makeMistakesOf('06-dcs', 'trixie');
