import { describe, expect, test } from 'vitest';
import { typedBlocks } from '../real/typed-blocks.ts';

describe('typedBlocks', () => {
  test('says where each block is typed, in both languages', () => {
    const text =
      'On etcd1, etcd2 and etcd3:\n\n```sh\none\ntwo\n```\n\nWhy?\n\nSur le leader\u00a0:\n\n```sh\nthree\n```\n\nOn your machine:\n\n```sh\nlab heal\n```\n';
    expect(typedBlocks(text)).toEqual([
      { where: ['etcd1', 'etcd2', 'etcd3'], script: 'one\ntwo' },
      { where: 'leader', script: 'three' },
      { where: 'host', script: 'lab heal' },
    ]);
  });

  test('a block without a place is refused', () => {
    expect(() => typedBlocks('Look:\n\n```sh\none\n```\n')).toThrow('where it is typed');
    expect(() => typedBlocks('On etcd1:\n```sh\none\n```\n')).toThrow('1 blocks, 0 with a place');
  });
});
