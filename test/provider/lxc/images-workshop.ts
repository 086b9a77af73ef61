import { editionName } from '../../../src/model/ids.ts';
import { type Edition, type Workshop } from '../../../src/model/workshop.ts';

export const trixie: Edition = { name: editionName('trixie'), values: { postgresql: '17' } };

/** A workshop of which only the images matter: three layers on one another and one beside. */
export const imagesWorkshop: Workshop = {
  name: 'images',
  directory: '/nowhere',
  network: { address: '10.0.3.1', prefixLength: 24 },
  editions: [trixie, { name: editionName('bookworm'), values: { postgresql: '15' } }],
  defaultEdition: trixie.name,
  images: [
    { name: 'cluster', on: 'database', packages: ['patroni'], finish: [] },
    {
      name: 'database',
      on: 'base',
      packages: ['postgresql-{{ edition.postgresql }}'],
      finish: ['pg_dropcluster {{ edition.postgresql }} main'],
    },
    { name: 'base', on: undefined, packages: ['systemd', 'apt'], finish: [] },
    { name: 'tools', on: 'base', packages: ['curl'], finish: [] },
  ],
  limits: { processes: 1024, memoryMegabytes: 1024 },
  volumes: [],
  poolPackages: ['haproxy', 'curl', 'postgresql-client-{{ edition.postgresql }}'],
  values: {},
  nodes: [],
  groups: {},
  chapters: [],
};
