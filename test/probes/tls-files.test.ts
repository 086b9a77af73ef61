import { describe, expect, it } from 'vitest';
import { parseTlsFiles } from '../../src/probes/tls-files.ts';

describe('the files of TLS', () => {
  it('are told in the order in which they were asked for', () => {
    const output = [
      'root:root 644 /tls/ca.crt',
      'etcd:etcd 600 /tls/server.key',
      '== readable',
      '/tls/ca.crt',
      '== /tls/ca.crt',
      '-----BEGIN CERTIFICATE-----',
      '== /tls/server.crt',
      '',
      '== /tls/server.key',
      '-----BEGIN PUBLIC KEY-----',
      '',
    ].join('\n');
    expect(parseTlsFiles(output)).toEqual([
      { owner: 'root:root', mode: '0644', readable: true, text: '-----BEGIN CERTIFICATE-----' },
      null,
      { owner: 'etcd:etcd', mode: '0600', readable: false, text: '-----BEGIN PUBLIC KEY-----' },
    ]);
  });

  it('are none when nothing was said', () => {
    expect(parseTlsFiles('')).toEqual([]);
  });
});
