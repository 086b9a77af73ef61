import { describe, expect, it } from 'vitest';
import { words } from '../../../src/model/words.ts';
import { buildFailure } from '../../../src/provider/lxc/images/build-failure.ts';

const doing = words('image etcd (trixie)', 'image etcd (trixie)');
const failure = (stderr: string, stdout = '') => buildFailure(doing, { argv: ['apt-get', 'update'], stderr, stdout });

// What apt 2.6, dpkg and tar print, taken from real runs.
const refused = `E: Failed to fetch http://mirror.example/debian/dists/trixie/InRelease  Could not connect to mirror.example:80 (192.0.2.1). - connect (111: Connection refused)
E: Some index files failed to download. They have been ignored, or old ones used instead.`;
const notResolved = `E: Failed to fetch http://mirror.example/debian/dists/trixie/InRelease  Could not resolve 'mirror.example'
E: Some index files failed to download. They have been ignored, or old ones used instead.`;
const badRequest = `E: The repository 'http://mirror.example/nothere trixie InRelease' is not signed.
E: Failed to fetch http://mirror.example/nothere/dists/trixie/InRelease  400  Bad Request [IP: 192.0.2.1 80]`;
const noKey = `W: GPG error: http://mirror.example/debian trixie InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 6ED0E7B82643E131
E: The repository 'http://mirror.example/debian trixie InRelease' is not signed.`;
const noKeyLater = `E: Failed to fetch http://mirror.example/debian/dists/trixie/InRelease  The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 6ED0E7B82643E131
E: Some index files failed to download. They have been ignored, or old ones used instead.`;
const noSuite = "E: The repository 'http://mirror.example/debian nosuch Release' does not have a Release file.";
const tarFull = `tar: ./var/lib/dpkg/status: Cannot write: No space left on device
tar: Exiting with failure status due to previous errors`;

describe('a build that failed is explained', () => {
  it.each([
    ['mirror-unreachable', 'http://mirror.example/debian/dists/trixie/InRelease', refused],
    ['mirror-unreachable', 'mirror.example', notResolved],
    ['mirror-unreachable', 'http://mirror.example/nothere/dists/trixie/InRelease', badRequest],
    ['mirror-untrusted', 'signature', noKey],
    ['mirror-untrusted', 'signature', noKeyLater],
    ['mirror-untrusted', 'signature', "E: The repository 'http://mirror.example/debian trixie Release' is not signed."],
    ['edition-not-on-mirror', 'http://mirror.example/debian nosuch', noSuite],
    ['package-unknown', 'nosuchpackage', 'E: Unable to locate package nosuchpackage'],
    ['package-unknown', 'no+such*', "E: Couldn't find any package by glob 'no+such*'"],
    ['package-unknown', 'awk', "E: Package 'awk' has no installation candidate"],
    ['disk-full', 'disk', tarFull],
    ['disk-full', 'disk', "E: You don't have enough free space in /var/lib/lab/images/."],
    ['disk-full', 'disk', `${refused}\nE: write: No space left on device`],
    ['clock-behind', 'clock', 'E: Release file for http://m/dists/trixie/InRelease is not valid yet (invalid for 2d).'],
    ['mirror-changing', 'being updated', 'E: Failed to fetch http://m/a.deb  Hash Sum mismatch'],
    ['program-missing', 'mmdebstrap', 'mmdebstrap: spawn mmdebstrap ENOENT'],
  ])('%#: %s', (code, found, stderr) => {
    const error = failure(stderr);
    expect(error).toMatchObject({ code, exit: 4 });
    expect(error.what.en).toContain(found);
    expect(error.what.en).toMatch(/^image etcd \(trixie\): /);
    expect(error.hint?.fr).not.toBe('');
  });

  it('with the last error that was printed when it is none of the known ones', () => {
    const error = failure(
      'dpkg: error processing package x (--configure):\nE: Sub-process /usr/bin/dpkg returned an error code (1)\nsomething after\n',
    );
    expect(error).toMatchObject({ code: 'image-failed', exit: 4 });
    expect(error.what.en).toBe('image etcd (trixie): E: Sub-process /usr/bin/dpkg returned an error code (1)');
  });

  it('with the command when nothing was printed', () => {
    expect(failure('').what.en).toBe('image etcd (trixie): apt-get update');
  });
});
