// What to type, for each verb: the last part of its help.

import { type Words, words } from '../model/words.ts';

export type Example = readonly [command: string, what: Words];

export const verbExamples: Readonly<Record<string, readonly Example[]>> = {
  up: [
    ['lab up chapter-2', words('to the end of chapter 2', "jusqu'à la fin du chapitre 2")],
    ['lab up failover --dry-run', words('what it would do, and why', "ce qu'il ferait, et pourquoi")],
    ['lab up', words('start again where it was', 'remettre en marche là où il en était')],
  ],
  start: [
    ['lab start failover', words('do chapter 3 by hand', 'faire le chapitre 3 à la main')],
    ['lab start', words('the next chapter', 'le chapitre suivant')],
  ],
  verify: [
    ['lab verify', words('is it right, and why not?', 'est-ce juste, et sinon pourquoi ?')],
    [
      'lab verify --explain',
      words('with the command that shows the same', 'avec la commande qui montre la même chose'),
    ],
    ['lab verify --wait 60s', words('until it is, for a minute', "jusqu'à ce que ce le soit, pendant une minute")],
  ],
  reset: [
    ['lab reset', words('back to the beginning of this chapter', 'retour au début de ce chapitre')],
    ['lab reset --all', words('a lab with nothing done', "un lab où rien n'est fait")],
  ],
  solve: [
    ['lab solve', words('the next open step', 'la prochaine étape à faire')],
    ['lab solve install', words('this one', 'celle-ci')],
  ],
  hint: [['lab hint', words('one more for the next open step', 'un de plus pour la prochaine étape à faire')]],
  guide: [
    ['lab guide', words('this chapter, from the open step on', "ce chapitre, à partir de l'étape en cours")],
    ['lab guide 2 --step 3', words('one step of chapter 2', 'une étape du chapitre 2')],
    ['lab guide --copy 3 | lab exec etcd1 -- bash -s', words('run a block', 'exécuter un bloc')],
  ],
  status: [
    ['lab status', words('who leads, who follows', 'qui mène, qui suit')],
    ['lab status --watch', words('while you break things', 'pendant que vous cassez')],
  ],
  watch: [
    ['lab watch', words('in a second terminal, while you type', 'dans un second terminal, pendant que vous tapez')],
  ],
  next: [['lab next', words('when every check passes', 'quand toutes les vérifications passent')]],
  shell: [
    ['lab shell pg-patroni1', words('root in a node', 'root dans un nœud')],
    ['lab shell', words("on the lab's network, outside its nodes", 'sur le réseau du lab, hors de ses nœuds')],
  ],
  exec: [
    ['lab exec etcd1 -- etcdctl member list', words('one command', 'une commande')],
    ['lab exec -i pg-patroni1 -- sudo -u postgres psql -p 5434', words('with the terminal', 'avec le terminal')],
    ['lab exec pg-patroni1 -- bash -s < block.sh', words('a script', 'un script')],
  ],
  logs: [
    ['lab logs pg-patroni1 patroni -n 20', words('the last lines', 'les dernières lignes')],
    ['lab logs pg-patroni1 patroni -f', words('as they come', "à mesure qu'elles arrivent")],
  ],
  open: [['lab open haproxy', words('its statistics, for a browser', 'ses statistiques, pour un navigateur')]],
  fault: [
    ['lab fault', words('which there are', 'lesquelles il y a')],
    ['lab fault freeze pg-patroni1', words('stop a node as it is', "arrêter un nœud en l'état")],
    ['lab fault partition pg-patroni1 etcd1', words('two that no longer see each other', 'deux qui ne se voient plus')],
  ],
  heal: [['lab heal', words('take every fault back', 'annuler toutes les pannes')]],
  measure: [
    ['lab measure', words('which scenarios there are', 'quels scénarios il y a')],
    ['lab measure kill-node --report page.html', words('with a page of time lines', 'avec une page de chronologies')],
  ],
  save: [['lab save before-lunch', words('this very instant of all nodes', 'cet instant précis de tous les nœuds')]],
  restore: [['lab restore before-lunch', words('back to it', 'y revenir')]],
  checkpoints: [
    ['lab checkpoints', words('which there are', 'lesquels il y a')],
    ['lab checkpoints --remove before-lunch', words('remove one', 'en supprimer un')],
  ],
  down: [['lab down', words('everything is kept', 'tout est conservé')]],
  destroy: [['lab destroy --lab alice', words('remove that lab', 'supprimer ce lab')]],
  list: [['lab list', words('the labs of this machine', 'les labs de cette machine')]],
  prepare: [
    ['lab prepare', words('then no network is needed', 'ensuite, plus besoin de réseau')],
    ['lab prepare --chapters', words('the evening before a class', "la veille d'un cours")],
  ],
  install: [
    [
      'lab install',
      words('from a checkout: sudo scripts/lab install', 'depuis une copie de travail : sudo scripts/lab install'),
    ],
  ],
  uninstall: [['lab uninstall', words('from a checkout too', 'depuis une copie de travail aussi')]],
  complete: [['lab complete -- up ch', words('what begins with it', 'ce qui commence ainsi')]],
  doctor: [['lab doctor', words('before anything else', 'avant toute chose')]],
  prune: [
    ['lab prune --dry-run', words('what would go, and how much that is', 'ce qui partirait, et combien cela fait')],
  ],
};
