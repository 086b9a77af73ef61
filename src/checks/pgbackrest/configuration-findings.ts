// What is wrong in a pgbackrest.conf, compared with the chapter's. Pure.

import { words, type Words } from '../../model/words.ts';
import { isStanza, parseSettings, sectionsOf } from './parse-settings.ts';

/** Settings that take away what another one promises. */
const harmful: Readonly<Record<string, { readonly value: string; readonly what: Words }>> = {
  'expire-auto': {
    value: 'n',
    what: words('nothing is removed after a backup', "rien n'est supprimé après une sauvegarde"),
  },
  'archive-copy': {
    value: 'y',
    what: words('every backup keeps its WAL a second time', 'chaque sauvegarde garde ses WAL une seconde fois'),
  },
};

export function configurationFindings(path: string, wanted: string, found: string): readonly Words[] {
  const foreign = foreignStanza(path, wanted, found);
  // Everything below a stanza's heading would be missing as well.
  if (foreign !== null) return [foreign];
  const settings = parseSettings(found);
  const wrong = parseSettings(wanted).flatMap(({ section, key, value }) => {
    const there = settings.findLast((one) => one.section === section && one.key === key);
    if (there === undefined) return [missing(path, section, `${key}=${value}`)];
    if (there.value === value) return [];
    return [
      words(
        `line ${String(there.line)} of ${path} says \`${there.text}\`; it has to be \`${key}=${value}\``,
        `la ligne ${String(there.line)} de ${path} dit \`${there.text}\` ; il faut \`${key}=${value}\``,
      ),
    ];
  });
  return [...wrong, ...settings.flatMap((one) => harm(path, one))];
}

function foreignStanza(path: string, wanted: string, found: string): Words | null {
  const stanza = sectionsOf(wanted).find(({ name }) => isStanza(name))?.name;
  const stanzas = sectionsOf(found).filter(({ name }) => isStanza(name));
  const [other] = stanzas;
  if (stanza === undefined || stanzas.some(({ name }) => name === stanza)) return null;
  if (other === undefined)
    return words(
      `${path} has no section \`[${stanza}]\`: the stanza is not described`,
      `${path} n'a pas de section \`[${stanza}]\` : la stanza n'est pas décrite`,
    );
  return words(
    `line ${String(other.line)} of ${path} says \`[${other.name}]\`: the wrong stanza, it is called \`${stanza}\``,
    `la ligne ${String(other.line)} de ${path} dit \`[${other.name}]\` : mauvaise stanza, elle s'appelle \`${stanza}\``,
  );
}

function missing(path: string, section: string, line: string): Words {
  return words(
    `${path} lacks \`${line}\` in its section \`[${section}]\``,
    `il manque \`${line}\` dans la section \`[${section}]\` de ${path}`,
  );
}

function harm(path: string, { key, value, line, text }: ReturnType<typeof parseSettings>[number]): readonly Words[] {
  const known = harmful[key];
  if (known?.value !== value) return [];
  return [
    words(
      `line ${String(line)} of ${path} says \`${text}\`: ${known.what.en}`,
      `la ligne ${String(line)} de ${path} dit \`${text}\` : ${known.what.fr}`,
    ),
  ];
}
