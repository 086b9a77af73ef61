import { describe, expect, test } from 'vitest';
import { curl } from '../../../src/probes/curl.ts';
import { readQuestion } from '../../../src/provider/lxc/seat/read-question.ts';

const url = 'http://10.0.3.64:2379/v3/kv/range';
const secure = url.replace('http:', 'https:');
const tls = ['--cacert', '/tls/ca.crt', '--cert', '/tls/own.crt', '--key', '/tls/own.key'];

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

  test("with a node's certificate, from a place that sees the node's files", () => {
    expect(readQuestion([...curl(2), ...tls, secure], { root: '/proc/7/root' })).toEqual({
      question: {
        url: secure,
        headers: {},
        seconds: 2,
        tls: { root: '/proc/7/root', authority: '/tls/ca.crt', certificate: '/tls/own.crt', key: '/tls/own.key' },
      },
      discards: false,
    });
  });

  test('a header from its standard input', () => {
    const argv = [...curl(2), '--header', 'A: b', '--header', '@-', url];
    const headers = { A: 'b', Authorization: 'token.1' };
    expect(readQuestion(argv, { input: 'Authorization: token.1' })?.question.headers).toEqual(headers);
    expect(readQuestion(argv)).toBeNull();
    expect(readQuestion(argv, { input: 'no header' })).toBeNull();
  });

  test('a body from standard input, as curl reads it', () => {
    expect(readQuestion([...curl(2), '--data', '@-', url], { input: '{\r\n"a":1}\n' })?.question.body).toBe('{"a":1}');
  });
});

describe('what only curl can ask', () => {
  test.each([
    ['another program', ['ping', url]],
    ['over TLS, without a certificate', [...curl(2), secure]],
    ['whoever answers', [...curl(2), '--insecure', ...tls, secure]],
    ['with files of a working directory', [...curl(2), ...tls, '--key', 'own.key', secure]],
    ["with a key's password", [...curl(2), ...tls, '--cert', '/tls/own.crt:secret', secure]],
    ['with a certificate', [...curl(2), '--cacert', '/etc/etcd/tls/ca.crt', url]],
    ['with an answer that fails', [...curl(2), '--fail', url]],
    ['a name', [...curl(2), 'http://pg-1:8008/patroni']],
    ['a name whose address is given', [...curl(2), '--resolve', 'pg-1:8008:10.0.3.141', url]],
    ['into a file', [...curl(2), '--output', '/tmp/page', url]],
    ['a body out of a file', [...curl(2), '--data', '@/etc/passwd', url]],
    ['a body from a standard input that is none', [...curl(2), '--data', '@-', url]],
    ['two pages', [...curl(2), url, url]],
    ['no page', [...curl(2)]],
    ['an option without its value', [...curl(2), url, '--max-time']],
    ['a time that is none', [...curl(2), '--max-time', 'long', url]],
    ["by root's own settings", ['curl', '--silent', url]],
  ])('%s', (_what, argv) => {
    expect(readQuestion(argv, { root: '/proc/7/root' })).toBeNull();
  });

  test("with certificates that are in no node's root", () => {
    expect(readQuestion([...curl(2), ...tls, secure])).toBeNull();
  });
});
