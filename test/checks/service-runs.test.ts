import { describe, expect, test } from 'vitest';
import { serviceRuns } from '../../src/checks/service-runs.ts';
import { whyServiceIsDown } from '../../src/checks/why-service-is-down.ts';
import { type JournalLine } from '../../src/probes/journal-lines.ts';
import { type SystemdUnit } from '../../src/probes/systemd-unit.ts';
import { causeOf, etcdVersions, lookAndJudge } from './look-and-judge.ts';

const args = { unit: 'etcd', configuration: ['/etc/default/etcd'] };

describe.each(etcdVersions)('etcd %s', (etcd) => {
  const about = (name: string, node: string) => lookAndJudge(serviceRuns, { etcd, name }, node, args);

  test('a service that was started after its file changed runs', async () => {
    expect((await about('whole', 'etcd1')).verdict).toBe('pass');
    expect((await about('older-configuration', 'etcd1')).verdict).toBe('pass');
  });

  test('a file that changed after the start fails, and is named', async () => {
    const judgement = await about('older-configuration', 'etcd2');
    expect(causeOf(judgement)).toBe(
      'etcd runs with an older file than the one on disk: /etc/default/etcd changed after it was started',
    );
    expect(judgement).toMatchObject({ hint: { en: 'Make it read them: `systemctl restart etcd`' }, final: true });
  });

  test('a service that was stopped in good order is only not started', async () => {
    const judgement = await about('one-member-stopped', 'etcd3');
    expect(causeOf(judgement)).toBe('etcd is not started on etcd3: `systemctl start etcd`');
    expect(judgement).toMatchObject({ final: false });
  });

  test("the workshop's units stop etcd, which takes a setting in one place only", async () => {
    for (const node of ['etcd1', 'etcd2', 'etcd3']) {
      const judgement = await about('workshop-text-units', node);
      expect(causeOf(judgement)).toBe(
        "ETCD_NAME is in the service's environment and --name on its command line: etcd accepts a setting in one place only",
      );
      expect(judgement).toMatchObject({ final: true });
    }
  });

  test("the workshop's list of two members keeps the third from starting", async () => {
    expect(causeOf(await about('workshop-text-file', 'etcd3'))).toBe(
      'the member is called etcd3, and its list of members (initial cluster) has nobody of that name',
    );
  });

  test('a member with another token is told that it belongs elsewhere while it starts', async () => {
    const judgement = await about('other-token', 'etcd3');
    expect(causeOf(judgement)).toContain('another token or list of members');
    expect(judgement).toMatchObject({ final: false, seen: { en: 'etcd is activating (start)' } });
  });

  test('a member whose data is gone is not taken back by itself', async () => {
    expect(causeOf(await about('member-data-lost', 'etcd3'))).toContain('its data is gone');
  });

  test('without the package there is no service', async () => {
    expect(causeOf(await about('package-missing', 'etcd2'))).toContain('the package that brings it is not installed');
  });
});

test('with etcd 3.5, a drop-in that systemd has not read yet fails', async () => {
  const judgement = await lookAndJudge(serviceRuns, { etcd: '3.5.16', name: 'older-configuration' }, 'etcd3', args);
  expect(causeOf(judgement)).toContain('systemd has not read it yet');
  expect(judgement).toMatchObject({
    hint: { en: 'Make it read them: `systemctl daemon-reload && systemctl restart etcd`' },
  });
});

describe('why a service is down', () => {
  test.each([
    ['Debian 12', 'was skipped because of an unmet condition check (ConditionPathExists=/etc/patroni/config.yml).'],
    ['Debian 13', 'skipped, unmet condition check ConditionPathExists=/etc/patroni/config.yml'],
  ])('an unmet condition names the file that is missing, in the words of %s', (_edition, words) => {
    const state = {
      unit: unit({ name: 'patroni.service', active: 'inactive', conditionUnmet: true }),
      lines: [line(`patroni.service - Runners to orchestrate a high-availability PostgreSQL ${words}`, 'systemd')],
    };
    expect(whyServiceIsDown(state, 'pg-patroni1')?.cause.en).toContain(
      "it starts it only if /etc/patroni/config.yml exists, and it wasn't there",
    );
  });

  test('etcd that starts without a word waits for the others', () => {
    const state = { unit: unit({ active: 'activating', sub: 'start' }), lines: [] };
    expect(whyServiceIsDown(state, 'etcd1')).toMatchObject({ final: false });
    expect(whyServiceIsDown(state, 'etcd1')?.cause.en).toContain('waits for a majority of the members');
  });

  test('of a crash the line with the panic is shown, not the end of the stack', () => {
    const lines = [line('panic: out of cheese', 'other'), line('goroutine 1', 'other'), line('Failed.', 'systemd')];
    const state = {
      unit: unit({ name: 'other.service', active: 'failed', result: 'exit-code', mainExitStatus: 2 }),
      lines,
    };
    expect(whyServiceIsDown(state, 'etcd1')?.cause.en).toBe(
      'other on etcd1 ended with status 2; it said: panic: out of cheese',
    );
  });

  test('a masked service is to be unmasked', () => {
    expect(whyServiceIsDown({ unit: unit({ load: 'masked' }), lines: [] }, 'etcd1')?.cause.en).toContain(
      'systemctl unmask etcd',
    );
  });

  test('a running service is not down', () => {
    expect(whyServiceIsDown({ unit: unit({ active: 'active' }), lines: [] }, 'etcd1')).toBeNull();
  });
});

function unit(of: Partial<SystemdUnit>): SystemdUnit {
  return {
    name: 'etcd.service',
    load: 'loaded',
    active: 'inactive',
    sub: 'dead',
    result: 'success',
    mainExitStatus: 0,
    conditionUnmet: false,
    enablement: 'enabled',
    fragmentPath: '/usr/lib/systemd/system/etcd.service',
    dropInPaths: [],
    environmentFiles: [],
    needsDaemonReload: false,
    mainPid: 0,
    mainStartedUs: null,
    invocation: '',
    ...of,
  };
}

function line(message: string, identifier: string): JournalLine {
  return {
    atUs: 0,
    message,
    unit: null,
    invocation: null,
    messageId: null,
    jobType: null,
    jobResult: null,
    identifier,
    boot: null,
  };
}
