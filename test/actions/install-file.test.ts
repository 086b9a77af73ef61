import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { installFile } from '../../src/actions/install-file.ts';
import { type ActionContext } from '../../src/actions/kind.ts';
import { nodeName } from '../../src/model/ids.ts';
import { runProgram } from '../../src/process/run-program.ts';

const text = 'ETCD_NAME=etcd1 # le premier nœud\n';

describe('installFile', () => {
  let folder = '';
  let path = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lab-install-'));
    path = join(folder, 'etcd');
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Runs the node's part here; `arrives` is what of the text comes through the pipe. */
  const install = async (arrives: (text: string) => string = (whole) => whole): Promise<number | null> => {
    let exitStatus: number | null = null;
    const exec: ActionContext['exec'] = async (_node, argv, options) => {
      const result = await runProgram(argv, { input: arrives(options?.input ?? '') });
      ({ exitStatus } = result);
      return result;
    };
    const { username, gid } = userInfo();
    const file = { path, owner: `${username}:${String(gid)}`, mode: '640', text };
    await installFile({ exec } as ActionContext, nodeName('etcd1'), file);
    return exitStatus;
  };

  test('the file is there with its text and mode, and no draft', async () => {
    expect(await install()).toBe(0);
    expect(await readFile(path, 'utf8')).toBe(text);
    expect((await stat(path)).mode & 0o777).toBe(0o640);
    expect(await readdir(folder)).toEqual(['etcd']);
  });

  test.each([
    ['nothing', ''],
    ['a part', text.slice(0, 12)],
  ])('a lab that is killed while it sends, so that %s arrives, leaves the old file', async (_what, arrived) => {
    await writeFile(path, 'the old one\n');
    expect(await install(() => arrived)).not.toBe(0);
    expect(await readFile(path, 'utf8')).toBe('the old one\n');
    expect(await readdir(folder)).toEqual(['etcd']);
  });
});
