import { type InjectedFault } from '../model/fault.ts';
import {
  type EtcdStatus,
  type LabStatus,
  type NodeStatus,
  type PatroniMember,
  type PatroniStatus,
  type StepStatus,
} from '../model/lab-status.ts';
import { words, type Language } from '../model/words.ts';
import { createPalette, type Palette } from './colours.ts';
import { decimal } from './format-quantity.ts';
import { haproxyLines, haproxyTitle } from './haproxy-as-text.ts';
import { certificateLines } from './certificate-lines.ts';
import { alignColumns } from './lay-out-text.ts';
import { say } from './say.ts';

interface Look {
  readonly language: Language;
  readonly palette: Palette;
}

/** A lab at one moment, for people. */
export function statusAsText(status: LabStatus, language: Language, colour: boolean): string {
  const palette = createPalette(colour);
  const look = { language, palette };
  const sections = [
    [palette.bold(headline(status, language))],
    section(look, say(words('Nodes', 'Nœuds'), language), nodeLines(status.nodes, look)),
    ...(status.faults.length === 0
      ? []
      : [section(look, say(words('Injected faults', 'Pannes injectées'), language), faultLines(status.faults, look))]),
    ...(status.etcd === null ? [] : [section(look, etcdTitle(status.etcd, language), etcdLines(status.etcd, look))]),
    ...(status.patroni === null
      ? []
      : [section(look, patroniTitle(status.patroni, language), patroniLines(status.patroni, look))]),
    ...(status.haproxy === null
      ? []
      : [section(look, haproxyTitle(status.haproxy, language), haproxyLines(status.haproxy, look))]),
    ...(status.certificates === null || status.certificates.length === 0
      ? []
      : [
          section(
            look,
            say(words('Certificates', 'Certificats'), language),
            certificateLines(status.certificates, look),
          ),
        ]),
    ...(status.steps.length === 0
      ? []
      : [section(look, say(words('Steps', 'Étapes'), language), stepLines(status.steps, look))]),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function section({ palette }: Look, title: string, lines: readonly string[]): string[] {
  return [palette.bold(title), ...lines.map((line) => `  ${line}`)];
}

function headline(status: LabStatus, language: Language): string {
  const { chapter } = status;
  const where =
    chapter === null
      ? words('nothing done yet', 'rien de fait encore')
      : chapter.state === 'done'
        ? words(`${chapter.id} done`, `${chapter.id} terminé`)
        : words(`working on ${chapter.id}`, `${chapter.id} en cours`);
  return `Lab ${status.lab} · ${status.edition} · ${say(where, language)}`;
}

function nodeLines(nodes: readonly NodeStatus[], { language, palette }: Look): string[] {
  const states = {
    running: { mark: palette.green('●'), text: words('running', 'en marche') },
    stopped: { mark: palette.red('○'), text: words('stopped', 'arrêté') },
    frozen: { mark: palette.cyan('◍'), text: words('frozen', 'gelé') },
    absent: { mark: palette.dim('·'), text: words('absent', 'absent') },
  };
  return alignColumns(
    nodes.map(({ name, state, address }) => [
      `${states[state].mark} ${name}`,
      address,
      say(states[state].text, language),
    ]),
  );
}

function faultLines(faults: readonly InjectedFault[], { language, palette }: Look): string[] {
  const how = say(words('remove them: lab heal', 'pour les retirer : lab heal'), language);
  return [
    ...alignColumns(faults.map(({ fault, nodes }) => [`${palette.red('✘')} ${fault}`, nodes.join(' – ')])),
    palette.dim(how),
  ];
}

function etcdTitle({ healthy, members }: EtcdStatus, language: Language): string {
  const total = String(members.length);
  const counted = words(
    `etcd: ${String(healthy)} of ${total} members healthy`,
    `etcd\u00a0: ${String(healthy)} ${healthy > 1 ? 'membres sains' : 'membre sain'} sur ${total}`,
  );
  return say(counted, language);
}

function etcdLines(etcd: EtcdStatus, { language, palette }: Look): string[] {
  return alignColumns(
    etcd.members.map(({ name, healthy, leader }) => [
      `${mark(healthy, palette)} ${name}`,
      leader ? palette.bold('leader') : healthy ? '' : palette.red(say(words('not healthy', 'pas sain'), language)),
    ]),
  );
}

function patroniTitle({ scope, leader }: PatroniStatus, language: Language): string {
  const who = leader === null ? words('no leader', 'pas de leader') : words(`leader ${leader}`, `leader ${leader}`);
  return say(words(`Patroni ${scope}: ${who.en}`, `Patroni ${scope}\u00a0: ${who.fr}`), language);
}

function patroniLines({ members }: PatroniStatus, { language, palette }: Look): string[] {
  const head = [
    words('  member', '  membre'),
    words('node', 'nœud'),
    words('role', 'rôle'),
    words('state', 'état'),
    words('timeline', 'timeline'),
    words('lag', 'retard'),
  ].map((title) => palette.dim(say(title, language)));
  return alignColumns([
    head,
    ...members.map((member) => [
      `${mark(serves(member), palette)} ${member.name}`,
      member.node ?? '',
      member.role === 'leader' ? palette.bold(member.role) : member.role.replace('_', ' '),
      serves(member) ? member.state : palette.red(member.state),
      member.timeline === null ? '' : String(member.timeline),
      member.lagMb === null ? '' : lag(member.lagMb, language),
    ]),
  ]);
}

/** `running` up to Patroni 3.0.3, `streaming` for replicas from 3.0.4. */
function serves({ state }: PatroniMember): boolean {
  return state === 'running' || state === 'streaming';
}

function lag(megabytes: number, language: Language): string {
  const unit = say(words('MB', 'Mo'), language);
  return `${Number.isInteger(megabytes) ? String(megabytes) : decimal(megabytes, 1, language)} ${unit}`;
}

function stepLines(steps: readonly StepStatus[], { language, palette }: Look): string[] {
  return alignColumns(
    steps.map(({ id, title, state }) => [
      `${state === 'done' ? palette.green('✔') : palette.dim('○')} ${say(title, language)}`,
      palette.dim(id),
    ]),
  );
}

function mark(good: boolean, palette: Palette): string {
  return good ? palette.green('✔') : palette.red('✘');
}
