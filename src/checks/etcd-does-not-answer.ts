import { words, type Words } from '../model/words.ts';

/** For checks of later chapters that find etcd silent: its own checks know why. */
export const etcdDoesNotAnswer: { readonly seen: Words; readonly cause: Words; readonly hint: Words } = {
  seen: words('etcd does not answer', 'etcd ne répond pas'),
  cause: words(
    'no member of etcd answers with the agreement of a majority',
    "aucun membre d'etcd ne répond avec l'accord d'une majorité",
  ),
  hint: words('`lab verify chapter-1` says why.', '`lab verify chapter-1` dit pourquoi.'),
};
