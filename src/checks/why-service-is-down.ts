import { words, type Words } from '../model/words.ts';
import { type JournalLine } from '../probes/journal-lines.ts';
import { type ServiceState } from '../probes/service-state.ts';
import { readableMessage } from './readable-message.ts';
import { tellingLine } from './telling-line.ts';

export interface ServiceTrouble {
  readonly seen: Words;
  readonly cause: Words;
  /** It has given up: nothing changes until someone does something. */
  readonly final: boolean;
}

/** Why a service isn't running; null when it is. */
export function whyServiceIsDown(state: ServiceState, node: string): ServiceTrouble | null {
  const { unit } = state;
  const name = unit.name.replace(/\.service$/, '');
  if (unit.active === 'active') return null;
  if (unit.load === 'not-found') return noSuchUnit(name, node);
  if (unit.load !== 'loaded') return notLoaded(name, node, unit.load);
  const seen = words(`${name} is ${unit.active} (${unit.sub})`, `${name} est dans l'état ${unit.active} (${unit.sub})`);
  const final = unit.active === 'failed';
  const unmet = unit.conditionUnmet ? unmetCondition(state.lines) : null;
  if (unmet !== null) return { seen, cause: skipped(name, node, unmet), final };
  if (unit.active === 'inactive' && unit.result === 'success') return { seen, cause: notStarted(name, node), final };
  return { seen, cause: tellingLine(state.lines, name) ?? bySystemd(state, name, node), final };
}

function bySystemd({ unit, lines }: ServiceState, name: string, node: string): Words {
  if (unit.active === 'activating' && unit.sub !== 'auto-restart') return stillStarting(name, node);
  const own = lines.filter((line) => line.identifier !== 'systemd');
  const last = own.findLast(({ message }) => /panic|fatal|error|fail|denied|cannot/i.test(message)) ?? own.at(-1);
  const said = last === undefined ? '' : readableMessage(last.message);
  const end =
    unit.result === 'exit-code'
      ? words(
          `ended with status ${String(unit.mainExitStatus)}`,
          `s'est terminé avec le statut ${String(unit.mainExitStatus)}`,
        )
      : words(`ended (${unit.result})`, `s'est terminé (${unit.result})`);
  return words(
    `${name} on ${node} ${end.en}${said === '' ? '' : `; it said: ${said}`}`,
    `${name} sur ${node} ${end.fr}${said === '' ? '' : ` ; il a écrit : ${said}`}`,
  );
}

function notStarted(name: string, node: string): Words {
  return words(
    `${name} is not started on ${node}: \`systemctl start ${name}\``,
    `${name} n'est pas démarré sur ${node} : \`systemctl start ${name}\``,
  );
}

function stillStarting(name: string, node: string): Words {
  if (name !== 'etcd') {
    return words(`${name} on ${node} is still starting`, `${name} est encore en train de démarrer sur ${node}`);
  }
  // Type=notify: systemd waits for etcd's word, and etcd gives it once it has a leader.
  return words(
    `etcd on ${node} waits for a majority of the members: it is ready once enough of the others run and reach it`,
    `etcd sur ${node} attend une majorité des membres : il sera prêt quand assez d'autres seront en marche et le joindront`,
  );
}

function unmetCondition(lines: readonly JournalLine[]): string | null {
  const line = lines.findLast(({ message }) => message.includes('unmet condition check'));
  // Debian 12: "… check (ConditionPathExists=/x).", Debian 13: "… check ConditionPathExists=/x".
  return /unmet condition check \(?([^\s)]+)/.exec(line?.message ?? '')?.[1] ?? null;
}

function skipped(name: string, node: string, condition: string): Words {
  const path = /^ConditionPathExists=(\/.*)$/.exec(condition)?.[1];
  if (path === undefined) {
    return words(
      `systemd did not start ${name}: ${condition} does not hold`,
      `systemd n'a pas démarré ${name} : ${condition} n'est pas vrai`,
    );
  }
  // Looked at when the start was tried, often at the boot: the file may be there by now.
  return words(
    `systemd did not start ${name} on ${node}: it starts it only if ${path} exists, and it wasn't there then; once it is: \`systemctl start ${name}\``,
    `systemd n'a pas démarré ${name} sur ${node} : il ne le fait que si ${path} existe, et ce fichier n'était pas là à ce moment ; une fois qu'il y est : \`systemctl start ${name}\``,
  );
}

function noSuchUnit(name: string, node: string): ServiceTrouble {
  const seen = words(`there is no service ${name}`, `il n'y a pas de service ${name}`);
  const cause = words(
    `systemd knows no service ${name} on ${node}: the package that brings it is not installed`,
    `systemd ne connaît pas de service ${name} sur ${node} : le paquet qui l'apporte n'est pas installé`,
  );
  return { seen, cause, final: false };
}

function notLoaded(name: string, node: string, load: string): ServiceTrouble {
  const seen = words(`the service ${name} is ${load}`, `le service ${name} est ${load}`);
  const cause =
    load === 'masked'
      ? words(
          `${name} is masked on ${node}: \`systemctl unmask ${name}\` lets it start`,
          `${name} est masqué sur ${node} : \`systemctl unmask ${name}\` lui permet de démarrer`,
        )
      : words(
          `systemd can't read the unit ${name} on ${node}: \`systemctl status ${name}\` says where`,
          `systemd ne peut pas lire l'unité ${name} sur ${node} : \`systemctl status ${name}\` dit où`,
        );
  return { seen, cause, final: false };
}
