// A client that writes number after number through the proxies, each with a connection of its own, some ten a second, and
// keeps those that were acknowledged: what it was told is compared with what the table holds.

import { workshop } from './the-workshop.ts';
import { type RealLab } from './lab-runner.ts';

export interface WritingClient {
  /** Ends it, and tells what came of its writes. */
  stop(): Promise<Written>;
}

export interface Written {
  readonly acknowledged: number;
  /** Writes that failed, which the client made again under another number. */
  readonly refused: number;
  /** Numbers that were acknowledged and are not in the table. */
  readonly lost: readonly string[];
}

const unit = 'lab-test-writer';
const folder = '/var/tmp/lab-test-writer';
const user = String(workshop.values['superuser_name']);
const hosts = 'host=pg-patroni1,pg-patroni2,pg-patroni3 port=5432 connect_timeout=2 dbname=postgres';

export async function startWritingClient(lab: RealLab, node: string): Promise<WritingClient> {
  // Debian's own psql is a Perl script before this one: with it the client would take a core of the two.
  const psql = `"$(ls /usr/lib/postgresql/*/bin/psql)" -XAtq "${hosts} user=${user}"`;
  const loop = [
    `export PGPASSWORD='${String(workshop.values['superuser_password'])}'`,
    'number=0',
    'while true; do number=$((number + 1))',
    `if ${psql} -c "insert into written_during values ($number)" 2>> ${folder}/errors`,
    `then ${psql} -c 'select pg_sleep(0.1)' > ${folder}/pace 2>&1`,
    `echo $number >> ${folder}/acknowledged; else echo $number >> ${folder}/refused; fi`,
    'done',
  ].join('\n');
  const table = 'create table written_during (number int primary key)';
  await lab.inNode(
    node,
    `rm -rf ${folder}; mkdir ${folder}; touch ${folder}/acknowledged ${folder}/refused
    cat > ${folder}/loop.sh <<'LOOP'\n${loop}\nLOOP
    PGPASSWORD='${String(workshop.values['superuser_password'])}' ${psql} -c '${table}'
    systemd-run --quiet --unit=${unit} bash ${folder}/loop.sh`,
  );
  return {
    stop: async () => {
      await lab.inNode(node, `systemctl stop ${unit}`);
      const read = async (file: string): Promise<readonly string[]> =>
        (await lab.inNode(node, `cat ${folder}/${file}`)).split('\n').filter(Boolean);
      const acknowledged = await read('acknowledged');
      const rows = await lab.inNode(
        node,
        `PGPASSWORD='${String(workshop.values['superuser_password'])}' ${psql} -c 'select number from written_during'`,
      );
      const present = new Set(rows.split('\n'));
      return {
        acknowledged: acknowledged.length,
        refused: (await read('refused')).length,
        lost: acknowledged.filter((number) => !present.has(number)),
      };
    },
  };
}
