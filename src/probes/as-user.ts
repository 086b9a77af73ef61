/**
 * Before a program of a node: it runs as that user, with the environment of its login. `runuser` does the same with a
 * session of PAM and one process more, at twice the price.
 */
export function asUser(user: string): readonly string[] {
  return ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups', '--reset-env', '--'];
}
