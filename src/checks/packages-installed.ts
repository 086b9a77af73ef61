import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { verbatim, words } from '../model/words.ts';
import { installedPackages } from '../probes/installed-packages.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';

/** Debian packages, all of them, are installed. */
export const packagesInstalled = defineCheck({
  name: 'packages-installed',
  scope: 'node',
  schema: z.strictObject({ packages: z.array(z.string()).min(1) }),
  withinSeconds: 0,

  observe: (reach, setting, { packages }) => installedPackages(reach, checkedNode(setting).name, packages),

  judge(installed, setting, { packages }): Judgement {
    const list = packages.join(', ');
    const expected = words(`installed: ${list}`, `paquets installés : ${list}`);
    const missing = packages.filter((name) => !installed.has(name));
    const found = [...installed].map(([name, version]) => `${name} ${version}`).join(', ');
    if (missing.length === 0) return { verdict: 'pass', expected, seen: verbatim(found) };
    const node = checkedNode(setting).name;
    return {
      verdict: 'fail',
      expected,
      seen: found === '' ? words('none of them', 'aucun') : verbatim(found),
      cause: words(`missing on ${node}: ${missing.join(', ')}`, `il manque sur ${node} : ${missing.join(', ')}`),
      hint: words(
        `Install it from the package pool: \`apt install ${missing.join(' ')}\``,
        `Installez-le depuis la réserve de paquets : \`apt install ${missing.join(' ')}\``,
      ),
    };
  },

  command: (_setting, { packages }) => `dpkg-query -W ${packages.join(' ')}`,
});
