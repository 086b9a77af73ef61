import { expect, test } from 'vitest';
import { secured, securedMembers, variableIn, withVariables } from '../../src/actions/etcd-environment.ts';

test('a variable is changed in its line, or added at the end', () => {
  const text = '# etcd\nETCD_NAME=etcd1\nETCD_CERT_FILE="/old"\n';
  expect(withVariables(text, { CERT_FILE: '/new', KEY_FILE: '/key' })).toBe(
    '# etcd\nETCD_NAME=etcd1\nETCD_CERT_FILE=/new\nETCD_KEY_FILE=/key\n',
  );
  expect(withVariables(text, { CERT_FILE: '/old' })).toBe(text);
});

test('the last of two lines counts', () => {
  expect(variableIn('ETCD_NAME=a\nETCD_NAME=b\n', 'NAME')).toBe('b');
  expect(variableIn('ETCD_NAME=a\n', 'DATA_DIR')).toBeNull();
});

test('every URL becomes https, each once', () => {
  expect(secured('http://10.0.3.64:2379,https://10.0.3.64:2379, http://127.0.0.1:2379')).toBe(
    'https://10.0.3.64:2379,https://127.0.0.1:2379',
  );
  expect(securedMembers('etcd1=http://a:2380,etcd2=http://b:2380')).toBe('etcd1=https://a:2380,etcd2=https://b:2380');
});
