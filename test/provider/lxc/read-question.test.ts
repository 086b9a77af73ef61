import { describe, expect, test } from 'vitest';
import { curl } from '../../../src/probes/curl.ts';
import { readQuestion } from '../../../src/provider/lxc/seat/read-question.ts';

const url = 'http://10.0.3.64:2379/v3/kv/range';

describe('what can be asked without curl', () => {
  test('a page', () => {
    expect(readQuestion([...curl(2), url])).toEqual({ question: { url, headers: {}, seconds: 2 }, discards: false });
  });

  test('a question with a header and a body', () => {
    const argv = [...curl(1.5), '--header', 'Grpc-Metadata-hasleader: true', '--data', '{"key":"QQ=="}', url];
    expect(readQuestion(argv)).toEqual({
      question: { url, headers: { 'Grpc-Metadata-hasleader': 'true' }, body: '{"key":"QQ=="}', seconds: 1.5 },
      discards: false,
    });
  });

  test('the last --max-time counts, as with curl', () => {
    expect(readQuestion([...curl(2), '--max-time', '5', url])?.question.seconds).toBe(5);
  });

  test('a page that nobody wants to read', () => {
    expect(readQuestion([...curl(2), '--output', '/dev/null', url])?.discards).toBe(true);
  });
});

describe('what only curl can ask', () => {
  test.each([
    ['another program', ['ping', url]],
    ['over TLS', [...curl(2), url.replace('http:', 'https:')]],
    ['with a certificate', [...curl(2), '--cacert', '/etc/etcd/tls/ca.crt', url]],
    ['with an answer that fails', [...curl(2), '--fail', url]],
    ['a name', [...curl(2), 'http://pg-1:8008/patroni']],
    ['a name whose address is given', [...curl(2), '--resolve', 'pg-1:8008:10.0.3.141', url]],
    ['into a file', [...curl(2), '--output', '/tmp/page', url]],
    ['a body out of a file', [...curl(2), '--data', '@/etc/passwd', url]],
    ['two pages', [...curl(2), url, url]],
    ['no page', [...curl(2)]],
    ['an option without its value', [...curl(2), url, '--max-time']],
    ['a time that is none', [...curl(2), '--max-time', 'long', url]],
    ["by root's own settings", ['curl', '--silent', url]],
  ])('%s', (_what, argv) => {
    expect(readQuestion(argv)).toBeNull();
  });
});
