import { expect, test } from 'vitest';
import { type HostFinding } from '../../src/model/host-finding.ts';
import { words } from '../../src/model/words.ts';
import { renderFindings } from '../../src/ui/render-findings.ts';
import { paper } from './paper.ts';

const lxc: HostFinding = { id: 'lxc', ok: true, severity: 'needed', what: words('LXC 6.0', 'LXC 6.0'), remedy: null };
const range: HostFinding = {
  id: 'id-range',
  ok: false,
  severity: 'needed',
  what: words('root has no range of ids', "root n'a pas de plage d'ids"),
  remedy: words(
    'Add a line to /etc/subuid:\nroot:1000000:65536',
    'Ajoutez une ligne à /etc/subuid :\nroot:1000000:65536',
  ),
};
const inotify: HostFinding = {
  id: 'inotify',
  ok: false,
  severity: 'advice',
  what: words('few inotify instances', "peu d'instances inotify"),
  remedy: words('Raise them.', 'Augmentez-les.'),
};

test('each point with its remedy, and what it comes to', () => {
  const page = paper();
  renderFindings([lxc, range, inotify], page);
  expect(page.text()).toBe(`\
✔ LXC 6.0
✘ root has no range of ids
    Add a line to /etc/subuid:
    root:1000000:65536
! few inotify instances
    Raise them.

This host can run labs once the point marked ✘ is settled.
`);
});

test.each([
  [[lxc], 'This host can run labs.\n'],
  [[lxc, inotify], 'This host can run labs; what is marked ! would make it better.\n'],
  [[range, { ...lxc, ok: false }], 'This host can run labs once the 2 points marked ✘ are settled.\n'],
])('the sum (%#)', (findings, sum) => {
  const page = paper();
  renderFindings(findings, page);
  expect(page.text().endsWith(`\n\n${sum}`)).toBe(true);
});

test('json: whether the host can, and every point', () => {
  const page = paper({ format: 'json', language: 'fr' });
  renderFindings([lxc, inotify], page);
  expect(JSON.parse(page.text())).toEqual({
    ok: true,
    findings: [
      { id: 'lxc', ok: true, severity: 'needed', what: 'LXC 6.0', remedy: null },
      { id: 'inotify', ok: false, severity: 'advice', what: 'few inotify instances', remedy: 'Raise them.' },
    ],
  });
  const unable = paper({ format: 'json' });
  renderFindings([range], unable);
  expect(JSON.parse(unable.text())).toMatchObject({ ok: false });
});
