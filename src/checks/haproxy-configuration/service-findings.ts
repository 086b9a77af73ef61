// The two ports for clients: what HAProxy speaks there, whom it asks, and to whom it sends.

import {
  backOf,
  frontOf,
  haproxySeconds,
  type HaproxyLine,
  type HaproxySection,
  linesOf,
} from '../../probes/haproxy-configuration.ts';
import { finding, type HaproxyConfigured, type HaproxyFinding, leaderPort } from './known-lines.ts';
import { serverFindings } from './server-findings.ts';

/** A session that nobody uses for less than this may not be cut. */
const idleMinutes = 10;

export function serviceFindings(configured: HaproxyConfigured, port: number): readonly HaproxyFinding[] {
  const front = frontOf(configured.sections, port);
  if (front === undefined) return [noBind(port)];
  const back = backOf(configured.sections, front);
  const findings = [...modeFindings(front, port), ...timeoutFindings(front, 'client')];
  if (back === undefined) {
    return [
      ...findings,
      finding(
        front.head,
        `no default_backend: who connects to ${String(port)} is sent to nobody`,
        `pas de default_backend : qui se connecte à ${String(port)} n'est envoyé vers personne`,
      ),
    ];
  }
  return [
    ...findings,
    ...(back === front ? [] : modeFindings(back, port)),
    ...timeoutFindings(back, 'server'),
    ...checkFindings(back, port),
    ...openSessionFindings(back),
    ...serverFindings(configured, back, port),
  ];
}

function noBind(port: number): HaproxyFinding {
  const [en, fr] = port === leaderPort ? ['the leader', 'le leader'] : ['the replicas', 'les réplicas'];
  return finding(
    null,
    `no section has \`bind *:${String(port)}\`, the port for ${en}`,
    `aucune section n'a \`bind *:${String(port)}\`, le port pour ${fr}`,
  );
}

function modeFindings(section: HaproxySection, port: number): readonly HaproxyFinding[] {
  const line = linesOf(section, 'mode')[0];
  const mode = line?.words[1] ?? 'tcp';
  if (mode === 'tcp') return [];
  return [
    finding(
      line,
      `port ${String(port)} (section ${section.name}) speaks ${mode}: PostgreSQL is not a web server, it needs \`mode tcp\`. The port is open, \`haproxy -c\` finds the file valid, and every client gets an HTTP error page`,
      `le port ${String(port)} (section ${section.name}) parle ${mode} : PostgreSQL n'est pas un serveur web, il lui faut \`mode tcp\`. Le port est ouvert, \`haproxy -c\` trouve le fichier valide, et chaque client reçoit une page d'erreur HTTP`,
    ),
  ];
}

function timeoutFindings(section: HaproxySection, side: 'client' | 'server'): readonly HaproxyFinding[] {
  const line = linesOf(section, 'timeout', side)[0];
  const given = line?.words[2] ?? '';
  const seconds = haproxySeconds(given);
  if (line === undefined || seconds === null || seconds >= idleMinutes * 60) return [];
  const unit = /^\d+$/.test(given)
    ? ['; a number alone means milliseconds', ' ; un nombre seul est en millisecondes']
    : ['', ''];
  return [
    finding(
      line,
      `section ${section.name} cuts a session that says nothing for ${shown(seconds)}${unit[0] ?? ''}: an application's pool keeps idle sessions for minutes. Write \`timeout ${side} 30m\``,
      `la section ${section.name} coupe une session muette pendant ${shown(seconds)}${unit[1] ?? ''} : le pool d'une application garde des sessions inactives pendant des minutes. Écrivez \`timeout ${side} 30m\``,
    ),
  ];
}

function shown(seconds: number): string {
  return seconds >= 60 ? `${String(seconds / 60)} min` : `${String(seconds)} s`;
}

const leaderPaths = ['/primary', '/leader', '/read-write', '/', '/master'];

function checkFindings(back: HaproxySection, port: number): readonly HaproxyFinding[] {
  const asked = checkLine(back);
  if (asked === undefined) {
    return [
      finding(
        linesOf(back, 'option', 'httpchk')[0] ?? back.head,
        `section ${back.name} asks for no page of Patroni: every server that takes a connection counts as good, whatever its role`,
        `la section ${back.name} ne demande aucune page à Patroni : tout serveur qui accepte une connexion est tenu pour bon, quel que soit son rôle`,
      ),
    ];
  }
  const { line, uri } = asked;
  const [path = '', query = ''] = uri.split('?');
  if (port === leaderPort) return leaderPaths.includes(path) ? [] : [wrongPath(line, path, port)];
  if (path !== '/replica') return [wrongPath(line, path, port)];
  if (query.startsWith('lag=')) return [];
  return [
    finding(
      line,
      'without `?lag=` a replica that is hours behind is in the rotation as soon as it runs: `/replica?lag=1MB`',
      "sans `?lag=`, un réplica en retard de plusieurs heures est dans la rotation dès qu'il tourne : `/replica?lag=1MB`",
    ),
  ];
}

/** `option httpchk OPTIONS /primary`, or `http-check send meth OPTIONS uri /primary`. */
function checkLine(back: HaproxySection): { readonly line: HaproxyLine; readonly uri: string } | undefined {
  const option = linesOf(back, 'option', 'httpchk')[0];
  const send = linesOf(back, 'http-check', 'send')[0];
  if (option === undefined) return undefined;
  for (const line of [send, option]) {
    const uri = line?.words.find((word) => word.startsWith('/'));
    if (line !== undefined && uri !== undefined) return { line, uri };
  }
  return undefined;
}

function wrongPath(line: HaproxyLine, path: string, port: number): HaproxyFinding {
  const [wanted, who, qui] =
    port === leaderPort ? ['/primary', 'the leader', 'le leader'] : ['/replica?lag=1MB', 'replicas', 'des réplicas'];
  const role = meaning.get(path);
  const says = role ?? (['a page that Patroni does not have', "une page que Patroni n'a pas"] as const);
  return finding(
    line,
    `${path} is ${says[0]}; port ${String(port)} is for ${who}: \`${wanted}\``,
    `${path} est ${says[1]} ; le port ${String(port)} est pour ${qui} : \`${wanted}\``,
  );
}

// Patroni's documentation, "Patroni REST API": who answers 200.
const meaning = new Map<string, readonly [en: string, fr: string]>([
  ['/primary', ['where the leader alone says yes (200)', 'la page où seul le leader dit oui (200)']],
  ['/leader', ['where the leader alone says yes (200)', 'la page où seul le leader dit oui (200)']],
  ['/master', ['where the leader alone says yes (200)', 'la page où seul le leader dit oui (200)']],
  ['/read-write', ['where the leader alone says yes (200)', 'la page où seul le leader dit oui (200)']],
  ['/', ['where the leader alone says yes (200)', 'la page où seul le leader dit oui (200)']],
  ['/replica', ['where replicas alone say yes (200)', 'la page où seuls les réplicas disent oui (200)']],
  ['/read-only', ['where the leader says yes too', 'la page où le leader dit oui aussi']],
  ['/health', ['where every PostgreSQL that runs says yes', 'la page où tout PostgreSQL en marche dit oui']],
  ['/liveness', ['where every Patroni that runs says yes', 'la page où tout Patroni en marche dit oui']],
  ['/readiness', ['where the leader says yes too', 'la page où le leader dit oui aussi']],
  ['/patroni', ['where every member answers 200', 'la page où tout membre répond 200']],
]);

function openSessionFindings(back: HaproxySection): readonly HaproxyFinding[] {
  const servers = linesOf(back, 'server');
  const words = [...linesOf(back, 'default-server'), ...servers].flatMap((line) => line.words);
  if (words.includes('shutdown-sessions')) return [];
  return [
    finding(
      linesOf(back, 'default-server')[0] ?? servers[0] ?? back.head,
      `without \`on-marked-down shutdown-sessions\` the sessions of section ${back.name} stay with a server that is out: clients of a frozen or demoted one wait there`,
      `sans \`on-marked-down shutdown-sessions\`, les sessions de la section ${back.name} restent sur un serveur retiré : les clients d'un serveur gelé ou rétrogradé y attendent`,
    ),
  ];
}
