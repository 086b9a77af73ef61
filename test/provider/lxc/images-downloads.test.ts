import { describe, expect, it } from 'vitest';
import { type Words } from '../../../src/model/words.ts';
import { lastProgress, parseDownloads } from '../../../src/provider/lxc/images/download-list.ts';
import { installProgress } from '../../../src/provider/lxc/images/install-progress.ts';

describe('the list of downloads', () => {
  it('has the file and the size of each, as apt 2.6 prints them', () => {
    const text = [
      "'http://mirror.example/debian/pool/main/g/glibc/libc6_2.41-12%2bdeb13u5_amd64.deb' libc6_2.41-12+deb13u5_amd64.deb 2850108 MD5Sum:3cf652965605c5dc915ff47a929bbe84",
      "'http://mirror.example/debian/pool/main/v/vim/vim-runtime_9.1.1230-2_all.deb' vim-runtime_2%3a9.1.1230-2_all.deb 7129000 SHA256:00",
      '',
    ].join('\n');
    expect(parseDownloads(text)).toEqual([
      { file: 'libc6_2.41-12+deb13u5_amd64.deb', bytes: 2_850_108 },
      { file: 'vim-runtime_2%3a9.1.1230-2_all.deb', bytes: 7_129_000 },
    ]);
  });
});

describe('the progress of downloads', () => {
  it('is the last that apt said', () => {
    const text = [
      'dlstatus:1:0.0000:Retrieving file 1 of 8',
      'Get:3 http://mirror.example/debian trixie/main amd64 libc6 amd64 2.41-12+deb13u5 [2850 kB]',
      'dlstatus:3:7.7462:Retrieving file 3 of 8',
      'dlstatus:4:68.1913:Retrieving file 4 of 8',
      'Get:4 http://mirror.example/debian trixie/main amd64 libtinfo6 amd64 6.5+20250216-2 [348 kB]',
    ].join('\n');
    expect(lastProgress(text)).toEqual({ percent: 68.1913, file: 4, files: 8 });
  });

  it('is unknown where apt said none', () => {
    expect(lastProgress('Reading package lists...\nBuilding dependency tree...\n')).toBeUndefined();
  });
});

describe('the progress of an installation', () => {
  it('counts the packages over all that was printed', () => {
    const said: Words[] = [];
    const hear = installProgress({ progress: (text) => said.push(text) });
    hear('Reading package lists...\n');
    hear('Unpacking less (668-1) ...\nUnpacking jq (1.7) ...\n');
    hear('Setting up less (668-1) ...\n');
    expect(said.map((text) => text.en)).toEqual(['2 packages unpacked, 0 set up', '2 packages unpacked, 1 set up']);
    expect(said.at(-1)?.fr).toBe('2 paquets décompressés, 1 configurés');
  });
});
