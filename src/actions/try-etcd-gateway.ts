import * as z from 'zod';
import { succeeded } from '../model/command.ts';
import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { bringMembersBack } from './bring-members-back.ts';
import { etcdNodes } from './etcd-nodes.ts';
import { type ActionContext, defineAction } from './kind.ts';

const configuration = '/etc/patroni/config.yml';
const saved = '/etc/patroni/config.yml.direct';
const listen = '127.0.0.1:23790';
const apt = 'DEBIAN_FRONTEND=noninteractive apt-get --yes --quiet --no-install-recommends -o DPkg::Lock::Timeout=120';

/** The package would start an etcd of its own at once; a masked unit is not started. */
const install = `set -e
dpkg --configure -a
[ -x /usr/bin/etcd ] || { systemctl mask --quiet etcd; ${apt} update; ${apt} install etcd-server; }
[ -e ${saved} ] || cp -p ${configuration} ${saved}`;

/** With "proxy" Patroni stays with the gateway; one of the "hosts" it would leave for the members themselves. */
const lead = `set -e
systemctl stop etcd-gateway 2>/dev/null || true
systemd-run --quiet --unit=etcd-gateway /usr/bin/etcd gateway start --listen-addr=${listen} --endpoints="$1"
sed -i '/^etcd3:/,/^$/c etcd3:\\n  proxy: http://${listen}\\n' ${configuration}
systemctl restart patroni`;

const goDirect = `set -e
if [ -e ${saved} ]; then mv -f ${saved} ${configuration}; systemctl restart --no-block patroni; fi`;

const leave = `${goDirect}
systemctl stop etcd-gateway 2>/dev/null || true
${apt} purge etcd-server
systemctl unmask --quiet etcd
systemctl daemon-reload`;

/** Leads Patroni on the target's node through a gateway of etcd, takes the gateway away under it, and goes back. */
export const tryEtcdGateway = defineAction({
  name: 'try-etcd-gateway',
  drill: true,
  schema: z.strictObject({}),
  run: async (context) => {
    const endpoints = etcdNodes(context)
      .map(({ address }) => `${address}:2379`)
      .join(',');
    for (const { name } of context.nodes) {
      const direct = context.cleanUp((own) => own.exec(name, ['sh', '-c', goDirect]));
      await context.exec(name, ['sh', '-c', install]);
      await context.exec(name, ['sh', '-c', lead, 'lead', endpoints]);
      await reachesEtcd(context, name);
      await context.exec(name, ['systemctl', 'stop', 'etcd-gateway']);
      await losesEtcd(context, name);
      await context.exec(name, ['sh', '-c', leave]);
      direct.forget();
    }
    await bringMembersBack(context);
  },
});

async function reachesEtcd(context: ActionContext, node: NodeName): Promise<void> {
  const established = `ss -Htnp state established dst ${listen} | grep -q patroni`;
  await context.waitFor(
    words(`Patroni on ${node} works through the gateway`, `Patroni sur ${node} travaille à travers la passerelle`),
    60,
    async () => succeeded(await context.attempt(node, ['sh', '-c', established])),
  );
}

async function losesEtcd(context: ActionContext, node: NodeName): Promise<void> {
  const ask = [
    'journalctl',
    '--quiet',
    '--unit=patroni',
    '--lines=20',
    `--grep=Request to server http://${listen} failed`,
  ];
  await context.waitFor(
    words(
      `Patroni on ${node} notices that the gateway is gone`,
      `Patroni sur ${node} constate la perte de la passerelle`,
    ),
    60,
    async () => succeeded(await context.attempt(node, ask)),
  );
}
