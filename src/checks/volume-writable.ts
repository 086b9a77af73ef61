import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type VolumeDefinition } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { directoryAccess, type DirectoryAccess } from '../probes/directory-access.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck, type CheckSetting } from './kind.ts';
import { whyNotWritable } from './pgbackrest/access-words.ts';

const schema = z.strictObject({ volume: z.string(), user: z.string() });

/** The shared volume is mounted in the node, and the user may write there. */
export const volumeWritable = defineCheck<z.infer<typeof schema>, DirectoryAccess | null>({
  name: 'volume-writable',
  scope: 'node',
  schema,
  withinSeconds: 0,

  observe: (reach, setting, { volume, user }) =>
    directoryAccess(reach, checkedNode(setting).name, volumeOf(setting, volume).path, user),

  judge(access, setting, { volume, user }): Judgement {
    const { name } = checkedNode(setting);
    const { path } = volumeOf(setting, volume);
    const expected = words(
      `${path} on ${name} is the shared volume, and ${user} writes there`,
      `${path} sur ${name} est le volume partagé, et ${user} y écrit`,
    );
    if (access !== null && !access.mounted)
      return {
        verdict: 'fail',
        final: true,
        expected,
        seen: words(`${path} is a directory of ${name} alone`, `${path} est un répertoire propre à ${name}`),
        cause: words(
          `the volume is not mounted: ${name} was started by a lab that did not know of it`,
          `le volume n'est pas monté : ${name} a été démarré par un lab qui ne le connaissait pas`,
        ),
        hint: words('On your machine: `lab down`, then `lab up`.', 'Sur votre machine : `lab down`, puis `lab up`.'),
      };
    const why = whyNotWritable(access, path, name);
    const owner = access === null ? words('nothing', 'rien') : ownerWords(access);
    if (why === null) return { verdict: 'pass', expected, seen: owner };
    return { verdict: 'fail', final: true, expected, seen: owner, cause: why };
  },

  command: (setting, { volume }) => {
    const { path } = volumeOf(setting, volume);
    return `findmnt ${path}; ls -ld ${path}`;
  },
});

function volumeOf({ workshop }: CheckSetting, name: string): VolumeDefinition {
  const volume = workshop.volumes.find((one) => one.name === name);
  if (volume === undefined) throw new Error(`the workshop has no volume ${name}`);
  return volume;
}

function ownerWords({ path, user, group, mode }: DirectoryAccess) {
  return words(`${path}: ${user}:${group}, mode ${mode}`, `${path} : ${user}:${group}, droits ${mode}`);
}
