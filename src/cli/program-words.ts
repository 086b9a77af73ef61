// What the help of the program as a whole and the man page both say.

import { type Words, words } from '../model/words.ts';

export const whatLabIs = words(
  'Builds a real PostgreSQL high-availability cluster (etcd, Patroni, HAProxy) in LXC containers and leads people through it, chapter by chapter.',
  'Construit un vrai cluster PostgreSQL à haute disponibilité (etcd, Patroni, HAProxy) dans des conteneurs LXC et vous y guide, chapitre par chapitre.',
);

export const globalOptions: readonly (readonly [string, Words])[] = [
  ['--lab <name>', words('which lab (LAB_NAME; default main)', 'quel lab (LAB_NAME ; par défaut main)')],
  [
    '--home <dir>',
    words(
      'where labs and images live (LAB_HOME; default /var/lib/lab)',
      'où sont les labs et les images (LAB_HOME ; par défaut /var/lib/lab)',
    ),
  ],
  [
    '--workshop <dir>',
    words('another workshop than the one included (LAB_WORKSHOP)', 'un autre atelier que celui fourni (LAB_WORKSHOP)'),
  ],
  [
    '--edition <name>',
    words(
      'trixie or bookworm, fixed when a lab is created (LAB_EDITION; default trixie)',
      "trixie ou bookworm, fixée à la création d'un lab (LAB_EDITION ; par défaut trixie)",
    ),
  ],
  ['--lang <en|fr>', words('language (LAB_LANG, then the locale)', 'langue (LAB_LANG, puis la locale)')],
  [
    '--format <name>',
    words('pretty on a terminal, plain elsewhere, or json', 'pretty sur un terminal, plain ailleurs, ou json'),
  ],
  ['-y, --yes', words('no questions', 'sans poser de question')],
  ['--verbose', words('plain output also shows every command', "l'affichage plain montre aussi chaque commande")],
];

export const firstSteps = words(
  `To learn, by hand:
  lab start chapter-1       a lab at the beginning of chapter 1, and what to do first
  lab guide                 the text of the chapter
  lab shell etcd1           a shell in a node
  lab verify, lab watch     is it right, and why not? once, or until it is
  lab hint, lab solve       one more hint; or have the step done
  lab next                  the chapter is done: on to the next one

To show:
  lab prepare --chapters    the evening before: then every chapter is there in seconds
  lab up chapter-2          everything to the end of chapter 2, and proved
  lab status                what runs, who leads
  lab fault, lab heal       break something, take it back
  lab reset, lab down       back to the beginning of the chapter; stop, and keep everything
`,
  `Pour apprendre, à la main :
  lab start chapter-1       un lab au début du chapitre 1, et par quoi commencer
  lab guide                 le texte du chapitre
  lab shell etcd1           un shell dans un nœud
  lab verify, lab watch     est-ce juste, et sinon pourquoi ? une fois, ou jusque-là
  lab hint, lab solve       un indice de plus ; ou faire faire l'étape
  lab next                  le chapitre est fait : passer au suivant

Pour montrer :
  lab prepare --chapters    la veille : ensuite, chaque chapitre est là en quelques secondes
  lab up chapter-2          tout jusqu'à la fin du chapitre 2, et prouvé
  lab status                ce qui tourne, qui est le leader
  lab fault, lab heal       provoquer une panne, l'annuler
  lab reset, lab down       revenir au début du chapitre ; arrêter, et tout conserver
`,
);

/** CLI.md, "Exit status". */
export const exitStatuses: readonly (readonly [status: number, meaning: Words])[] = [
  [0, words('done', 'fait')],
  [1, words('a step or a check failed', 'une étape ou une vérification a échoué')],
  [2, words('wrong arguments', 'arguments incorrects')],
  [3, words('invalid workshop files', "fichiers d'atelier invalides")],
  [4, words("this host can't", 'cette machine ne peut pas')],
  [5, words('another command is at work', "une autre commande est à l'œuvre")],
  [70, words('a fault in lab', 'une erreur de lab')],
  [130, words('interrupted', 'interrompu')],
];
