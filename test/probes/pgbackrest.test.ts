import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { repositoryVerified } from '../../src/checks/repository-verified.ts';
import { readStanza, readVerification } from '../../src/probes/pgbackrest.ts';
import { pg1, settingOf } from '../checks/patroni-setting.ts';

const recorded = async (file: string, exitStatus = 0) => ({
  exitStatus,
  stdout: await readFile(new URL(`../../fixtures/recorded/pgbackrest-2.55.1/${file}`, import.meta.url), 'utf8'),
  stderr: '',
});

describe('what pgBackRest says of its repository', () => {
  it('is read with every digit of the system identifier', async () => {
    const answer = readStanza(await recorded('info-full-and-incr.json'));
    expect(answer).toMatchObject({
      kind: 'answer',
      value: { code: 0, systemId: '7711447305107959989', newestWal: '00000009000000000000000B' },
    });
    const backups = answer.kind === 'answer' ? answer.value.backups : [];
    expect(backups.map(({ type, prior }) => [type, prior])).toEqual([
      ['full', null],
      ['incr', '20261123-192920F'],
    ]);
  });

  it('may be that there is no stanza, or that it cannot be read', async () => {
    expect(readStanza(await recorded('info-no-stanza.json'))).toMatchObject({ value: { code: 1, systemId: null } });
    expect(readStanza(await recorded('info-not-readable.json'))).toMatchObject({
      value: { code: 99, message: expect.stringContaining('[13] Permission denied') as string },
    });
  });

  it('may be an error, without the hints below it', () => {
    const stderr = 'ERROR: [056]: unable to find primary cluster - cannot proceed\n       HINT: are all in recovery?\n';
    expect(readStanza({ exitStatus: 56, stdout: '', stderr })).toEqual({
      kind: 'error',
      message: 'ERROR: [056]: unable to find primary cluster - cannot proceed',
    });
  });
});

describe('a verification', () => {
  const judge = async (file: string) => {
    const view = { node: pg1, answer: readStanza(await recorded('info-full-and-incr.json')), access: null, others: [] };
    const verification = readVerification(await recorded(file));
    return repositoryVerified.judge({ view, verification }, settingOf(null), { stanza: 'my-ha-cluster' });
  };

  it('passes when every file is as it was noted', async () => {
    expect(await judge('verify-whole.txt')).toMatchObject({ verdict: 'pass', seen: { en: '2 backups valid' } });
  });

  it('fails and names the backup that is damaged, though pgBackRest ends with 0', async () => {
    expect(await judge('verify-damaged.txt')).toMatchObject({
      verdict: 'fail',
      cause: {
        en: 'backup: 20261123-192920F, status: invalid, total files checked: 979, total valid files: 978; missing: 0, checksum invalid: 1, size invalid: 0, other: 0',
      },
    });
  });

  it('fails when nothing could be read', async () => {
    const cause = { en: 'No usable backup.info file\nNo usable archive.info file' };
    expect(await judge('verify-not-readable.txt')).toMatchObject({ verdict: 'fail', cause });
  });
});
