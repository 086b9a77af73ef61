// The repository of the backups is in no node's own file system: a checkpoint holds it all the same.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realLab, removeLab } from './real-lab.ts';

const info = "runuser -u postgres -- pgbackrest info --output=json | jq -r '.[].backup[].label'";

describe('checkpoints and the repository', () => {
  const lab = realLab('backup-checkpoint');

  beforeAll(() => lab.mustLab(['up', 'pgbackrest']));
  afterAll(() => removeLab(lab));

  test('a checkpoint brings the repository back with the nodes, at the same instant', async () => {
    const labels = await lab.inNode('pg-patroni1', info);
    await lab.mustLab(['save', 'with-backups']);
    // WAL may be pushed into it meanwhile: then once more.
    const repository = '/var/lib/pgbackrest/backup /var/lib/pgbackrest/archive';
    await lab.inNode(
      'pg-patroni1',
      `timeout 60 sh -c 'until rm -rf ${repository}; do :; done' || { echo 'the repository is not empty' >&2; exit 1; }
      touch /var/lib/pgbackrest/later`,
    );
    await lab.mustLab(['restore', 'with-backups', '--yes']);
    expect(await lab.inNode('pg-patroni2', info)).toBe(labels);
    expect(await lab.inNode('pg-patroni2', 'ls /var/lib/pgbackrest')).toBe('archive\nbackup\n');
    const verified = await lab.lab(['verify', 'pgbackrest', '--wait', '60s']);
    expect(verified.exitStatus, verified.stdout).toBe(0);
  });

  test('the end of the chapter before has an empty repository', async () => {
    await lab.mustLab(['reset', 'pgbackrest', '--yes']);
    expect(await lab.inNode('pg-patroni1', 'ls /var/lib/pgbackrest; findmnt -no TARGET /var/lib/pgbackrest')).toBe(
      '/var/lib/pgbackrest\n',
    );
  });
});
