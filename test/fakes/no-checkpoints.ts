import { type LabSession } from '../../src/engine/session.ts';

/** For engine tests that are not about checkpoints: nothing is kept, nothing is restored, nothing is signed. */
export const noCheckpoints: Pick<LabSession, 'copies' | 'chapterEnds' | 'ownCheckpoints' | 'authorities'> = {
  authorities: () => Promise.reject(new Error('no certificates in this test')),
  ownCheckpoints: {
    names: () => Promise.resolve([]),
    store: () => Promise.reject(new Error('no checkpoint was to be kept')),
    now: () => new Date(0),
  },
  copies: {
    copy: () => Promise.resolve({ frozenSeconds: 0, bytes: 0 }),
    replace: () => Promise.reject(new Error('nothing to restore')),
    removeAll: () => Promise.reject(new Error('not asked for')),
    mend: () => Promise.resolve('nothing'),
  },
  chapterEnds: {
    list: () => Promise.resolve([]),
    keep: () => Promise.resolve(),
    whileKept: (work) => work(),
    removable: () => Promise.resolve([]),
    removeStale: () => Promise.resolve(),
  },
};
