import { expect, test } from 'vitest';
import { chapterId, nodeName, stepId } from '../../src/model/ids.ts';
import { type Plan } from '../../src/model/plan.ts';
import { words } from '../../src/model/words.ts';
import { renderPlan } from '../../src/ui/render-plan.ts';
import { paper } from './paper.ts';

const etcd1 = nodeName('etcd1');
const place = { chapter: chapterId(1), step: stepId('install') };
const plan: Plan = {
  chapter: chapterId(1),
  to: 'end',
  items: [
    { kind: 'prepare-images', reason: words('the image etcd is missing', "l'image etcd manque") },
    { kind: 'create-network', reason: words('the lab has none', "le lab n'en a pas") },
    { kind: 'create-node', node: etcd1, image: 'etcd', reason: words('it is absent', 'il est absent') },
    { kind: 'start-node', node: etcd1, reason: words('it is new', 'il est nouveau') },
    { kind: 'restart-node', node: etcd1, reason: words('the network is new', 'le réseau est nouveau') },
    { kind: 'thaw-node', node: etcd1, reason: words('it is frozen', 'il est gelé') },
    {
      kind: 'keep-step',
      ...place,
      reason: words('it was done, and its checks pass', 'faite, et ses vérifications passent'),
    },
    {
      kind: 'confirm-step',
      withinSeconds: null,
      ...place,
      reason: words('its nodes were stopped', 'ses nœuds étaient arrêtés'),
    },
    { kind: 'do-step', ...place, reason: words('never done', 'jamais faite') },
    { kind: 'do-step', ...place, reason: words('never done', 'jamais faite') },
  ],
};

test('a numbered line for each thing to do, with its reason', () => {
  const page = paper();
  renderPlan(plan, page);
  expect(page.text()).toBe(`\
What leads to the end of chapter-1, and why:
 1. build the images                  the image etcd is missing
 2. create the network                the lab has none
 3. create etcd1 from the image etcd  it is absent
 4. start etcd1                       it is new
 5. restart etcd1                     the network is new
 6. thaw etcd1                        it is frozen
 7. keep chapter-1/install            it was done, and its checks pass
 8. confirm chapter-1/install         its nodes were stopped
 9. do chapter-1/install              never done
10. do chapter-1/install              never done
`);
});

test('a reason is broken beside its line on a narrow terminal; in French too', () => {
  const page = paper({ format: 'pretty', columns: 55, language: 'fr' });
  renderPlan({ ...plan, items: plan.items.slice(6, 8) }, page);
  expect(page.text()).toBe(`\
Ce qui mène à la fin de chapter-1, et pourquoi\u00a0:
1. garder chapter-1/install     faite, et ses
                                vérifications passent
2. confirmer chapter-1/install  ses nœuds étaient
                                arrêtés
`);
});

test('a plan that keeps everything says that there is nothing to do', () => {
  const page = paper();
  renderPlan({ ...plan, items: plan.items.slice(6, 7) }, page);
  expect(page.text()).toMatch(/^Nothing to do: the lab is at the end of chapter-1\.\n1\. keep /);
});

test('json: the plan itself, in English', () => {
  const page = paper({ format: 'json', language: 'fr' });
  renderPlan({ ...plan, items: plan.items.slice(2, 3) }, page);
  expect(JSON.parse(page.text())).toEqual({
    chapter: 'chapter-1',
    to: 'end',
    items: [{ kind: 'create-node', node: 'etcd1', image: 'etcd', reason: 'it is absent' }],
  });
});
