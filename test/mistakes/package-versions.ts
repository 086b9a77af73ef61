import { type ChapterLab } from './make-mistake.ts';

const programs = ['etcd-server', 'patroni', 'postgresql-NN', 'haproxy', 'pgbackrest'];

/** Debian's versions of the programs, as the lab has them; what no node has is left out. Seconds: one. */
export async function packageVersions({ lab, edition }: ChapterLab): Promise<Readonly<Record<string, string>>> {
  const names = programs.map((name) => name.replace('NN', edition.values['postgresql'] ?? ''));
  const script = `dpkg-query --show --showformat='\${Package} \${Version} \${db:Status-Status}\\n' ${names.join(' ')} 2>/dev/null || true`;
  const asked = ['etcd2', 'pg-patroni1', 'pg-patroni2'].map((node) =>
    lab.lab(['exec', node, '--', 'sh', '-c', script]),
  );
  const lines = (await Promise.all(asked)).flatMap(({ stdout }) => stdout.split('\n'));
  const installed = lines.map((line) => line.split(' ')).filter(([, , status]) => status === 'installed');
  return Object.fromEntries(installed.map(([name = '', version = '']) => [name, version] as const).toSorted());
}
