// Every face of the program with something to show, and `text` in every place where a text may stand.

import { chapterId, editionName, labName, nodeName, stepId } from '../../src/model/ids.ts';
import { LabError } from '../../src/model/errors.ts';
import { type LabEvent } from '../../src/model/events.ts';
import { type LabStatus } from '../../src/model/lab-status.ts';
import { type VerifyReport } from '../../src/model/verify-report.ts';
import { verbatim, words } from '../../src/model/words.ts';
import { createJsonRunFace } from '../../src/ui/run-face-json.ts';
import { createPlainRunFace } from '../../src/ui/run-face-plain.ts';
import { type MeasuredLab } from '../../src/ui/measured-lab.ts';
import { type Page } from '../../src/ui/page.ts';
import { renderCheckpoints } from '../../src/ui/render-checkpoints.ts';
import { renderError } from '../../src/ui/render-error.ts';
import { renderFaults } from '../../src/ui/render-faults.ts';
import { renderFindings } from '../../src/ui/render-findings.ts';
import { renderGuide } from '../../src/ui/render-guide.ts';
import { renderHint } from '../../src/ui/render-hint.ts';
import { renderLabs } from '../../src/ui/render-labs.ts';
import { renderLearnt } from '../../src/ui/render-learnt.ts';
import { renderMeasurement } from '../../src/ui/render-measurement.ts';
import { renderOpened } from '../../src/ui/render-opened.ts';
import { renderPlan } from '../../src/ui/render-plan.ts';
import { renderPrunable } from '../../src/ui/render-prunable.ts';
import { renderScenarios } from '../../src/ui/render-scenarios.ts';
import { renderStatus } from '../../src/ui/render-status.ts';
import { renderWatched, type Watched, watchedFrame } from '../../src/ui/render-watched.ts';
import { reportVerdicts, type VerdictPage } from '../../src/ui/report-verdicts.ts';
import { measured, repetition } from '../build/measured-lab.ts';
import { checkpoint } from '../build/checkpoint.ts';
import { checkResult, passing } from './check-result.ts';
import { poisoned } from './hostile-text.ts';
import { commandRan, finished, judged, progress, started, titles } from './run-events.ts';

const step = { chapter: chapterId(1), step: stepId('install') };

export function reportWith(text: string): VerifyReport {
  return {
    lab: labName('main'),
    edition: editionName('trixie'),
    chapter: chapterId(2),
    passed: false,
    counts: { pass: 1, fail: 1, unknown: 1 },
    seconds: 0.9,
    checks: poisoned(
      [passing('up', 'etcd1'), checkResult(), checkResult({ verdict: 'unknown', title: verbatim('seen') })],
      text,
      ['id', 'chapter', 'step'],
    ),
    replaced: [],
    notBegun: [],
    next: null,
    stepTitles: {},
  };
}

function watchedWith(text: string): Watched {
  const { chapter, checks } = reportWith(text);
  const open = { id: step.step, number: 2, title: words(text, text), checks };
  return { chapter, chapterTitle: words(text, text), done: 1, steps: 3, open };
}

export function statusWith(text: string): LabStatus {
  const status: LabStatus = {
    lab: labName('main'),
    edition: editionName('trixie'),
    chapter: { id: chapterId(8), state: 'open' },
    nodes: [{ name: nodeName('etcd1'), state: 'running', address: '10.0.3.64' }],
    etcd: { healthy: 1, members: [{ name: 'etcd1', healthy: true, leader: true }] },
    patroni: { scope: 'ha', leader: 'pg-1', members: [] },
    haproxy: {
      proxies: [
        {
          node: nodeName('pg-patroni1'),
          answers: true,
          servers: [{ backend: 'leader', server: 'pg-1', up: false, check: 'L7STS 503', sessions: 1 }],
        },
      ],
    },
    certificates: [
      {
        node: nodeName('etcd1'),
        path: '/etc/etcd/tls/server.crt',
        subject: 'O=lab',
        names: ['etcd1'],
        usages: ['server'],
        notBefore: new Date('2026-11-26T04:00:00Z'),
        notAfter: new Date('2027-11-26T04:00:00Z'),
        valid: false,
      },
    ],
    faults: [{ fault: 'freeze', nodes: [nodeName('etcd1')] }],
    steps: [{ id: stepId('install'), title: words('Install', 'Installer'), state: 'done' }],
  };
  const hostile = poisoned(status, text, ['state', 'fault']);
  const member = { node: nodeName('pg-patroni1'), role: 'replica', timeline: 1, lagMb: 1 } as const;
  const members = [{ ...member, name: `pg-1${text}`, state: `running${text}` }];
  return { ...hostile, patroni: { scope: `ha${text}`, leader: `pg-1${text}`, members } };
}

export function measuredWith(text: string): MeasuredLab {
  return poisoned({ ...measured, repetitions: [repetition, repetition] }, text);
}

export function eventsWith(text: string): readonly LabEvent[] {
  const base = 'image base';
  const install = 'step chapter-1/install';
  const events: readonly LabEvent[] = [
    started(base, titles.base),
    progress(base, words('unpacking', 'décompresse')),
    finished(base, 'failed', 1, words('it broke', 'cela a cassé')),
    started(install, titles.install),
    commandRan(install, 'etcd1', ['psql', '-c', 'select']),
    judged(install, checkResult()),
    { kind: 'measured', item: install, what: words('the failover', 'la bascule'), seconds: 3, boundSeconds: 5 },
    { kind: 'notice', text: words('well', 'bien') },
    finished(install, 'failed', 1),
  ];
  return poisoned(events, text, ['part']);
}

function errorWith(text: string, known: boolean): Error {
  const cause = new Error(`refused${text}`);
  if (!known) return new Error(`a fault${text}`, { cause });
  const hint = verbatim(`look${text}`);
  return new LabError('node-failed', verbatim(`it said${text}`), { exit: 1, hint, cause });
}

const failure = {
  stoppedAt: verbatim('here'),
  done: [verbatim('this')],
  untouched: [verbatim('that')],
  next: verbatim('again'),
  transcript: '/var/lib/lab/x.log',
};
const plan = { chapter: chapterId(1), to: 'end', items: [{ kind: 'do-step', ...step, reason: words('new', 'neuf') }] };
const guide = {
  title: 'etcd',
  intro: 'Three.',
  learnt: [],
  steps: { install: { title: 'Install', text: 'On `each`:\n\n```sh\nls\n```', hints: ['look'] } },
  checks: {},
};
const finding = { id: 'lxc', ok: false, severity: 'needed', what: words('LXC', 'LXC'), remedy: verbatim('get it') };
const labs = [
  { name: labName('a'), edition: editionName('trixie'), chapter: null, nodes: { running: 1, total: 2 }, bytes: 1 },
];
const described = { name: 'freeze', describe: words('stops', 'arrête'), expect: words('a failover', 'une bascule') };
const opened = {
  page: 'haproxy',
  title: words('statistics', 'statistiques'),
  node: 'pg',
  url: 'http://127.0.0.1:7000/',
};

export type Face = (text: string, page: Page) => void;

/** By the file of src/ui that writes. */
export const faces: Readonly<Record<string, Face>> = {
  'render-checkpoints.ts': (text, page) =>
    renderCheckpoints([poisoned(checkpoint({ name: 'mine' }), text, ['id', 'state', 'history'])], page),
  'render-error.ts': (text, page) => {
    for (const known of [true, false]) {
      renderError(errorWith(text, known), {
        ...page,
        failure: poisoned(failure, text),
        command: `up${text}`,
        version: `1${text}`,
      });
    }
  },
  'render-faults.ts': (text, page) => renderFaults([poisoned(described, text)], page),
  'render-findings.ts': (text, page) => renderFindings([poisoned(finding, text) as never], page),
  'render-guide.ts': (text, page) => renderGuide(poisoned(guide, text), { ...page, order: [step.step] }),
  'render-hint.ts': (text, page) =>
    renderHint(
      poisoned({ step: 'install', title: 'Install', hints: ['look'], total: 2, now: words('Now', 'Là') }, text),
      page,
    ),
  'render-labs.ts': (text, page) => renderLabs(poisoned(labs, text), page),
  'render-learnt.ts': (text, page) => renderLearnt({ chapter: 'chapter-2', title: text, learnt: [text] }, page),
  'render-measurement.ts': (text, page) => renderMeasurement(measuredWith(text), page),
  'render-opened.ts': (text, page) => renderOpened(poisoned(opened, text), page),
  'render-plan.ts': (text, page) => renderPlan(poisoned(plan, text, ['to']) as never, page),
  'render-prunable.ts': (text, page) =>
    renderPrunable(poisoned([{ kind: 'layer', path: '/images', bytes: 1 }], text), { removed: false }, page),
  'render-scenarios.ts': (text, page) => renderScenarios([poisoned(described, text)], page),
  'render-status.ts': (text, page) => renderStatus(statusWith(text), page),
  'render-watched.ts': (text, page) => {
    renderWatched(null, watchedWith(text), page);
    if (page.format === 'pretty') page.write(watchedFrame(watchedWith(text), page));
  },
  'report-verdicts.ts': (text, page) => {
    const formats: readonly VerdictPage['format'][] = page.format === 'json' ? ['json'] : [page.format, 'tap', 'junit'];
    for (const format of formats) reportVerdicts(reportWith(text), { ...page, format, explain: true });
  },
  'run-face-json.ts': (text, page) => {
    const face = createJsonRunFace({ stdout: streamOf(page) });
    if (page.format === 'json') for (const event of eventsWith(text)) face.announce(event);
  },
  'run-face-plain.ts': (text, page) => {
    if (page.format === 'json') return;
    const { language, colour } = page;
    const face = createPlainRunFace({ language, colour, verbose: true, stdout: streamOf(page), now: () => 0 });
    for (const event of eventsWith(text)) face.announce(event);
  },
};

function streamOf(page: Page) {
  return { write: (text: string) => page.write(text), on: () => undefined };
}
