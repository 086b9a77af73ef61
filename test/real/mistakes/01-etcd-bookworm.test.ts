import { makeMistakesOf } from './make-mistakes-of.ts';

makeMistakesOf('01-etcd', 'bookworm');
