import { makeMistakesOf } from './make-mistakes-of.ts';

makeMistakesOf('07-haproxy', 'trixie');
