// Writes what a person would type for chapters 1 and 2: `by-hand-files.mjs EDITION FOLDER`. Everything comes from the
// workshop itself, so that the by-hand run and `lab up` build the same cluster.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const [editionName, folder] = process.argv.slice(2);
const directory = fileURLToPath(new URL('../labs/patroni-etcd', import.meta.url));
const read = (...path) => readFileSync(join(directory, ...path), 'utf8');

const workshop = parse(read('workshop.yml'));
const edition = workshop.editions[editionName];
if (edition === undefined) {
  console.error(`no edition ${editionName}; there are ${Object.keys(workshop.editions).join(', ')}`);
  process.exit(2);
}

const chapters = ['01-etcd', '02-patroni'];
const nodes = chapters
  .flatMap((chapter) => parse(read('chapters', chapter, 'chapter.yml')).nodes)
  .map((name) => ({ name, ...workshop.nodes[name] }));
const configurationOf = {
  etcd: read('chapters', '01-etcd', 'files', 'etcd.default'),
  patroni: read('chapters', '02-patroni', 'files', 'patroni.yml'),
};

/** `{{ node.address }}`, `{{ edition.postgresql }}`, `{{ etcd1.address }}`, `{{ patroni_scope }}`. */
function render(template, node) {
  const known = { ...workshop.values, edition, node, ...workshop.nodes };
  return template.replaceAll(/\{\{\s*([^}]+?)\s*\}\}/g, (_, name) => {
    const value = name.split('.').reduce((at, key) => at?.[key], known);
    if (value === undefined) throw new Error(`nothing is known by the name ${name}`);
    return String(value);
  });
}

mkdirSync(folder, { recursive: true });
const write = (name, text) => writeFileSync(join(folder, name), text);

write('nodes', nodes.map(({ name, address, image }) => `${name} ${address} ${image}\n`).join(''));
for (const node of nodes) write(`configuration-${node.name}`, render(configurationOf[node.image], node));
for (const image of ['base', 'etcd', 'patroni']) {
  write(`packages-${image}`, `${render(workshop.images[image].packages.join(' '))}\n`);
}
write(
  'hosts',
  Object.entries(workshop.nodes)
    .map(([name, { address, aliases = [] }]) => `${[address, name, ...aliases].join(' ')}\n`)
    .reduce((all, line) => all + line, '127.0.0.1 localhost\n'),
);
write('network', `${workshop.network}\n`);
write('postgresql', `${edition.postgresql} ${workshop.values.postgresql_port} ${workshop.values.superuser_name}\n`);
