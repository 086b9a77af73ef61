import { makeMistakesOf } from './make-mistakes-of.ts';

makeMistakesOf('10-pgbackrest', 'trixie');
