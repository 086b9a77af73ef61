import { defineConfig } from 'vitest/config';
import { FirstFilesFirst } from './test/real/first-files-first.ts';

// What touches LXC: test/real, and the part of a contract that is held against the real provider.
const real = ['test/real/**/*.test.ts', 'test/contract/**/*.lxc.test.ts'];

export default defineConfig({
  test: {
    sequence: { sequencer: FirstFilesFirst },
    projects: [
      {
        test: {
          name: 'unit',
          // Vitest would leave one of two cores alone, and some tests wait.
          maxWorkers: 2,
          include: ['test/**/*.test.ts'],
          exclude: real,
          // No test waits so long; a busy machine may.
          testTimeout: 30_000,
          // What one file has read of the program, the next need not read again: no test changes it.
          isolate: false,
          allowOnly: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'real',
          include: real,
          globalSetup: ['test/real/global-setup.ts'],
          // A cluster mostly waits: files side by side, each with labs of its own, and the tests of one in their order.
          maxWorkers: 2,
          allowOnly: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
