import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LabError } from '../../src/model/errors.ts';
import { type LabEvent } from '../../src/model/events.ts';
import { nodeName } from '../../src/model/ids.ts';
import { redactError, redactEvent } from '../../src/model/redact-event.ts';
import { createRedaction, workshopSecrets } from '../../src/model/redaction.ts';
import { verbatim, words } from '../../src/model/words.ts';

const common = createRedaction(['secret']);
const telling = createRedaction(['k3:9$x"y\'z']);

describe('a password', () => {
  test('is every value of the workshop that is called one', () => {
    const values = { superuser_name: 'dba', superuser_password: 'one', etcd_root_password: 'two' };
    expect(workshopSecrets({ values })).toEqual(['one', 'two']);
  });

  test('goes wherever it stands in commands and what they say, also when it is a common word', () => {
    expect(common.said('--user=root:secret and nothing secret')).toBe('--user=root:*** and nothing ***');
  });

  test('that is a common word goes from sentences only where it is a password', () => {
    for (const [text, cleaned] of [
      ['The key is secret, and stays secret.', null],
      ['etcdctl --user=root:secret get / failed', 'etcdctl --user=root:*** get / failed'],
      ['config.yml:44 `password: secret`', 'config.yml:44 `password: ***`'],
      ['PGPASSWORD=secret psql', 'PGPASSWORD=*** psql'],
      [`{"name":"root","password":"secret"}`, `{"name":"root","password":"***"}`],
      [`create role "x" password 'secret'`, `create role "x" password '***'`],
      ['/etc/secrets: not found', null],
    ] as const)
      expect(common.told(text)).toBe(cleaned ?? text);
  });

  test('of hardly any letters leaves words whole', () => {
    expect(createRedaction(['a', '']).said('cat /a password: a')).toBe('cat /a password: ***');
  });

  test('goes as JSON, SQL and etcd write it', () => {
    const secret = 'k3:9$x"y\'z';
    const written = [secret, JSON.stringify(secret), secret.replaceAll("'", "''"), btoa(secret)];
    for (const how of ['said', 'told'] as const)
      expect(written.map(telling[how])).toEqual(['***', '"***"', '***', '***']);
  });

  test('that begins with another one leaves no rest', () => {
    expect(createRedaction(['hunter2', 'hunter2-etcd']).said('hunter2-etcd hunter2')).toBe('*** ***');
  });

  test('of any characters is in no text that was made around it', () => {
    const secret = fc.string({ minLength: 6, unit: 'grapheme' }).filter((text) => !'***'.includes(text));
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 5 }),
        fc.string(),
        fc.string(),
        (secrets, before, after) => {
          const text = secrets.map((one) => `${before}${one}${after}`).join('');
          const cleaned = createRedaction(secrets).said(text);
          // What stands around it may happen to make one up.
          fc.pre(!secrets.some((one) => `${before}***${after}`.repeat(3).includes(one)));
          return secrets.every((one) => !cleaned.includes(one));
        },
      ),
    );
  });
});

describe('a private key', () => {
  const body = `${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'.repeat(2)}\nBKcwggSjAgEAAoIBAQ==\n`;
  const pem = (kind: string) => `-----BEGIN ${kind}PRIVATE KEY-----\n${body}-----END ${kind}PRIVATE KEY-----`;

  test.each(['', 'RSA ', 'EC ', 'ENCRYPTED '])('of the kind "%s" goes, and nothing beside it', (kind) => {
    const cleaned = common.told(`before\n${pem(kind)}\nafter\n-----BEGIN CERTIFICATE-----\nMIIC\n`);
    expect(cleaned).toBe('before\n*** private key ***\nafter\n-----BEGIN CERTIFICATE-----\nMIIC\n');
  });

  test('goes when its end or its beginning was cut off, and inside JSON', () => {
    const redaction = createRedaction([]);
    const whole = pem('');
    for (const text of [whole.slice(0, -40), whole.slice(40), JSON.stringify({ key: whole })])
      expect(redaction.said(text)).not.toMatch(/MIIE|BKcw/);
  });
});

describe('what listeners have', () => {
  test('of a command: neither its words nor its output with a password', () => {
    const event: LabEvent = {
      ...{ kind: 'command-ran', item: 'step chapter-1/one', node: nodeName('a'), exitStatus: 0, seconds: 1 },
      argv: ['etcdctl', '--user=root:secret'],
      output: 'secret\n',
    };
    expect(redactEvent(event, common)).toEqual({ ...event, argv: ['etcdctl', '--user=root:***'], output: '***\n' });
  });

  test('of an error: neither its sentence, its hint, its cause nor its stack with one', () => {
    const fault = new Error('password=secret');
    const error = new LabError('code', words('root:secret', 'root:secret'), {
      exit: 1,
      hint: verbatim('PGPASSWORD=secret'),
      cause: fault,
    });
    const shown = redactError(error, common) as LabError;
    expect(shown).toMatchObject({
      code: 'code',
      exit: 1,
      what: verbatim('root:***'),
      hint: verbatim('PGPASSWORD=***'),
    });
    expect(shown.cause).toMatchObject({ message: 'password=***' });
    expect((shown.cause as Error).stack).not.toContain('secret');
    expect((shown.cause as Error).stack).toContain('redaction.test.ts');
  });
});
