import { defineConfig } from 'vitest/config';

// What touches LXC: test/real, and the part of a contract that is held against the real provider.
const real = ['test/real/**/*.test.ts', 'test/contract/**/*.lxc.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: real,
          testTimeout: 10_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'real',
          include: real,
          // Five nodes take both cores: one suite at a time, and the tests of one suite in their order.
          globalSetup: ['test/real/global-setup.ts'],
          maxWorkers: 1,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
