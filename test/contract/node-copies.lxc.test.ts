import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { parseInvocation } from '../../src/cli/invocation.ts';
import { compose } from '../../src/compose.ts';
import { labPaths } from '../../src/model/home-paths.ts';
import { hostsFile } from '../../src/model/hosts-file.ts';
import { labName, nodeName } from '../../src/model/ids.ts';
import { type Workshop } from '../../src/model/workshop.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { type CutOff, type LabUnderTest, nodeCopiesContract } from './node-copies-contract.ts';

const home = inject('labHome');
const scratch = join(home, `copies-test-${randomUUID().slice(0, 8)}`);
const dying = join(scratch, 'dying.mjs');
const [one, two] = [nodeName('etcd1'), nodeName('etcd2')];

beforeAll(async () => {
  await mkdir(scratch);
  await build({
    entryPoints: [new URL('dying-copies.ts', import.meta.url).pathname],
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    outfile: dying,
  });
});
afterAll(() => rm(scratch, { recursive: true }));

nodeCopiesContract('LXC', async () => {
  const lab = await open('cp-one');
  const otherLab = await open('cp-two');
  return {
    ...lab,
    otherLab,
    folder: (name) => join(scratch, name),
    cutOff: (where, folder) => cutOff(lab.workshop, where, folder),
    close: async () => {
      await close('cp-one', lab);
      await close('cp-two', otherLab);
    },
  };
});

describe('a copy of LXC nodes', () => {
  let lab: Awaited<ReturnType<typeof open>>;
  let folder: string;
  const sh = async (script: string): Promise<string> => {
    const result = await lab.provider.exec(one, ['sh', '-ec', script]);
    if (result.exitStatus !== 0) throw new Error(`${script}: ${result.stderr}`);
    return result.stdout.trim();
  };
  const upper = () => join(labPaths(home, labName('cp-one')).nodes, one, 'overlay', 'upper');

  beforeAll(async () => {
    lab = await open('cp-one');
    folder = join(scratch, 'files');
    await lab.provider.createNetwork();
    await lab.provider.createNode({
      definition: lab.workshop.nodes.find(({ name }) => name === one) ?? fail(),
      edition: lab.workshop.defaultEdition,
      image: 'base',
      hosts: hostsFile(lab.workshop),
    });
    await lab.provider.startNode(one);
  });
  afterAll(() => close('cp-one', lab));

  test('brings back files as they were: holes, links, owners, modes, attributes, capabilities, whiteouts', async () => {
    await sh(`
      mkdir /t; cd /t
      truncate -s 64M holes; fallocate -l 16M ahead; dd if=/dev/zero of=zeros bs=1M count=16 2>/dev/null
      echo linked > a; ln a b; ln -s a c; mkfifo pipe
      echo owned > owned; chown daemon:games owned; chmod 4750 owned
      cp /bin/true capable; setcap cap_net_raw+ep capable
      rm -r /usr/share/bash-completion; rm -r /usr/share/vim; mkdir /usr/share/vim; echo new > /usr/share/vim/only
      mv /usr/share/nano /usr/share/moved`);
    const look = `cd /t; stat -c '%n %U:%G %a %s %h %F' *; getcap capable; sha256sum a owned zeros capable; ls -A /usr/share/vim
      ls /usr/share | grep -x -e bash-completion -e nano -e moved -e vim; ls -A /usr/share/moved | wc -l`;
    const before = await sh(look);
    // Nobody writes in it any more, so that the two can be compared to the last bit.
    await lab.provider.stopNode(one, 'kill');
    const files = await listingOf(upper());
    for (const kind of ['user.overlay.opaque', 'security.capability', 'link to', '\nc', '\np']) {
      expect(files.join('\n')).toContain(kind);
    }
    await lab.copies.copy([one], folder);
    await lab.provider.startNode(one);
    await sh(
      'rm -r /t; mkdir /usr/share/bash-completion; echo later > /usr/share/vim/later; mv /usr/share/moved /usr/share/nano',
    );
    await lab.copies.replace(folder);
    expect(await listingOf(upper())).toEqual(files);
    expect((await stat(join(upper(), 't', 'zeros'))).blocks).toBe(0);
    expect((await stat(join(upper(), 't', 'holes'))).blocks).toBe(0);
    await lab.provider.startNode(one);
    expect(await sh(look)).toBe(before);
    // What comes from the image can still be removed: the overlay is whole.
    expect(await sh('rm -r /usr/share/perl5; ls /usr/share | grep -cx perl5 || true')).toBe('0');
    expect(await sh('test $(stat -c %i /t/a) = $(stat -c %i /t/b) && echo same')).toBe('same');
  });

  test('that can not be put away leaves a node frozen that somebody froze meanwhile', async () => {
    const { nodes } = labPaths(home, labName('cp-one'));
    const whenThawed = (): void => {
      execFileSync('sh', ['-c', 'exec lxc-freeze -P "$0" -n "$1"', nodes, one]);
      throw new Error('no room');
    };
    await expect(lab.copies.copy([one], join(scratch, 'no-room'), { whenThawed })).rejects.toThrow('no room');
    expect((await lab.provider.observe()).nodes.get(one)).toBe('frozen');
    await lab.provider.startNode(one);
    expect(await readdir(scratch)).not.toEqual(expect.arrayContaining([expect.stringContaining('no-room')]));
  });

  test('whose image is gone is refused with a next step, and the node runs on', async () => {
    const record = join(folder, 'nodes.json');
    const text = await readFile(record, 'utf8');
    await writeFile(record, text.replace(/"trixie-base-[0-9a-f]+"/, '"trixie-base-000000000000"'));
    await expect(lab.copies.replace(folder)).rejects.toMatchObject({ code: 'checkpoint-image-gone', exit: 4 });
    await writeFile(record, text);
    expect((await lab.provider.observe()).nodes.get(one)).toBe('running');
  });

  test('leaves nothing behind once all is done', async () => {
    await lab.copies.replace(folder);
    await lab.copies.mend();
    expect((await readdir(labPaths(home, labName('cp-one')).directory)).sort()).toEqual([
      'first-processes',
      'network-claim',
      'nodes',
      'stopping',
    ]);
    expect((await readdir(scratch)).filter((name) => name.startsWith('.draft'))).toEqual([]);
  });

  test('a node that runs although its folder was removed does not outlive a replacement', async () => {
    await lab.provider.startNode(one);
    // What runs in it goes on writing.
    await rm(join(labPaths(home, labName('cp-one')).nodes, one), { recursive: true, maxRetries: 20 });
    await lab.copies.replace(folder);
    expect((await lab.provider.observe()).nodes.get(one)).toBe('stopped');
    await lab.provider.startNode(one);
    expect(await sh('cat /t/a')).toBe('linked');
  });
});

async function open(lab: string): Promise<LabUnderTest & { readonly workshop: Workshop }> {
  const invocation = parseInvocation({ lab, home }, {}, '/');
  const services = compose(
    { node: process.execPath, terminal: 'dumb', pager: 'cat', signals: process, whileAttached: (work) => work() },
    invocation,
  );
  const workshop = await services.loadWorkshop();
  const name = labName(lab);
  return { provider: services.provider(name, workshop), copies: services.nodeCopies(name, workshop), workshop };
}

async function close(lab: string, { provider, copies }: LabUnderTest): Promise<void> {
  await copies.removeAll();
  await copies.mend();
  await provider.destroyNetwork();
  await rm(labPaths(home, labName(lab)).directory, { recursive: true });
}

async function cutOff(workshop: Workshop, where: CutOff, folder: string): Promise<void> {
  const nodes = labPaths(home, labName('cp-one')).nodes;
  // There is no moment between two renames to kill it in: cut off before them, and then the first one made by hand.
  const killedAt = where === 'between-renames' ? 'killing' : where;
  const result = await runProgram([
    process.execPath,
    dying,
    home,
    'cp-one',
    workshop.directory,
    killedAt,
    folder,
    one,
    two,
  ]);
  if (result.exitStatus !== null) throw new Error(`it came to its end in spite of ${where}: ${result.stderr}`);
  if (where === 'between-renames') {
    await runProgram(['lxc-stop', '-P', nodes, '-n', one, '-k']);
    await rename(nodes, `${nodes}.gone-by-hand`);
  }
}

/** What a file system knows of everything in a folder: types, owners, modes, sizes, times, links, attributes. */
async function listingOf(folder: string): Promise<readonly string[]> {
  const script = `tar --create --sort=name --format=posix --xattrs --xattrs-include='*' --acls --directory "$0" . |
    tar --list -vv --full-time --numeric-owner --xattrs --xattrs-include='*' --acls`;
  const result = await runProgram(['sh', '-c', script, folder]);
  // Attributes follow their file, in whatever order the file system gives them.
  return result.stdout.split(/\n(?! )/).map((entry) => entry.split('\n').sort().join('\n'));
}

function fail(): never {
  throw new Error('etcd1 is not in the workshop');
}
