import { words, type Words } from '../../model/words.ts';
import { type Difference } from './differences.ts';

/** What is wrong, for people. */
export function differenceWords(difference: Difference): Words {
  switch (difference.kind) {
    case 'missing':
      return missing(difference);
    case 'other-value': {
      const { path, wanted, found } = difference;
      return words(`\`${path}\` is ${found}, not ${wanted}`, `\`${path}\` vaut ${found}, et non ${wanted}`);
    }
    case 'not-in-use':
      return notInUse(difference);
    case 'unknown': {
      const near = difference.nearest;
      return words(
        `\`${difference.path}\`: PostgreSQL has no such parameter, and Patroni left it out${near === null ? '' : ` (did you mean ${near}?)`}`,
        `\`${difference.path}\` : PostgreSQL n'a pas ce paramètre, et Patroni l'a écarté${near === null ? '' : ` (vouliez-vous dire ${near} ?)`}`,
      );
    }
  }
}

function missing({ path, wanted, elsewhere, resembling }: Extract<Difference, { kind: 'missing' }>): Words {
  if (elsewhere !== null) {
    const levels = path.split('.').length - elsewhere.split('.').length;
    const where = levels > 0 ? words('too high', 'trop haut') : words('in the wrong place', 'au mauvais endroit');
    return words(
      `\`${elsewhere}\` stands ${where.en}, where it has no effect: its place is \`${path}\``,
      `\`${elsewhere}\` est ${where.fr}, et reste sans effet : sa place est \`${path}\``,
    );
  }
  if (resembling !== null) {
    const right = path.slice(path.lastIndexOf('.') + 1);
    return words(
      `\`${right}\` is missing; instead there is \`${resembling}\`, which PostgreSQL and Patroni do not know`,
      `\`${right}\` manque ; à sa place figure \`${resembling}\`, que ni PostgreSQL ni Patroni ne connaissent`,
    );
  }
  return words(`\`${path}\` is missing (wanted: ${wanted})`, `\`${path}\` manque (attendu : ${wanted})`);
}

function notInUse({ name, wanted, found, pendingRestart }: Extract<Difference, { kind: 'not-in-use' }>): Words {
  return pendingRestart
    ? words(
        `${name} is set to ${wanted} and PostgreSQL still uses ${found}: the change waits for a restart (\`patronictl restart\`)`,
        `${name} est réglé à ${wanted} et PostgreSQL utilise encore ${found} : le changement attend un redémarrage (\`patronictl restart\`)`,
      )
    : words(
        `${name} is set to ${wanted} and PostgreSQL uses ${found}: the node's own \`postgresql.parameters\` or an ALTER SYSTEM is stronger`,
        `${name} est réglé à ${wanted} et PostgreSQL utilise ${found} : le \`postgresql.parameters\` propre au nœud, ou un ALTER SYSTEM, l'emporte`,
      );
}
