// The workshop that comes with the program.

import { actionKinds } from '../../src/actions/registry.ts';
import { checkKinds } from '../../src/checks/registry.ts';
import { loadWorkshop } from '../../src/workshop/load-workshop.ts';

export const workshop = await loadWorkshop(
  { actionKinds, checkKinds },
  new URL('../../labs/patroni-etcd', import.meta.url).pathname,
);

export const slugs = workshop.chapters.map(({ slug }) => slug);
