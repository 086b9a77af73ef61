import { words, type Words } from '../../model/words.ts';
import { type DirectoryAccess } from '../../probes/directory-access.ts';

/** Why postgres can't keep anything in the repository; null when it can. */
export function whyNotWritable(access: DirectoryAccess | null, path: string, node: string): Words | null {
  if (access === null) return words(`${node} has no directory ${path}`, `${node} n'a pas de répertoire ${path}`);
  if (access.writable) return null;
  const { user, group, mode } = access;
  return words(
    `the repository is not writable: ${path} on ${node} is ${user}:${group}, mode ${mode}, and postgres may not write there`,
    `le dépôt n'est pas accessible en écriture : ${path} sur ${node} est à ${user}:${group}, droits ${mode}, et postgres ne peut pas y écrire`,
  );
}
