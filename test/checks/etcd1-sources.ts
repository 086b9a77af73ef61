import { type EtcdSources } from '../../src/probes/etcd-invocation.ts';

/** /etc/default/etcd as etcd1 is to have it. */
export const right = [
  'ETCD_NAME=etcd1',
  'ETCD_DATA_DIR=/var/lib/etcd/default',
  'ETCD_LISTEN_PEER_URLS=http://10.0.3.64:2380',
  'ETCD_LISTEN_CLIENT_URLS=http://10.0.3.64:2379,http://127.0.0.1:2379',
  'ETCD_INITIAL_ADVERTISE_PEER_URLS=http://10.0.3.64:2380',
  'ETCD_ADVERTISE_CLIENT_URLS=http://10.0.3.64:2379',
  'ETCD_INITIAL_CLUSTER=etcd1=http://10.0.3.64:2380,etcd2=http://10.0.3.78:2380,etcd3=http://10.0.3.32:2380',
  'ETCD_INITIAL_CLUSTER_TOKEN=patroni',
  'ETCD_INITIAL_CLUSTER_STATE=new',
  '',
].join('\n');

/** Debian's unit, as far as it says how etcd starts. */
const packagedUnit = [
  '[Service]',
  'Environment=DAEMON_ARGS=',
  'Environment=ETCD_NAME=%H',
  'Environment=ETCD_DATA_DIR=/var/lib/etcd/default',
  'EnvironmentFile=-/etc/default/%p',
  '#ExecStart=/bin/sh -c "GOMAXPROCS=$(nproc) /usr/bin/etcd $DAEMON_ARGS"',
  'ExecStart=/usr/bin/etcd $DAEMON_ARGS',
].join('\n');

/** etcd1 with Debian's unit and the right file, but for what is given. */
export function sources(of: Partial<EtcdSources>): EtcdSources {
  return {
    host: 'etcd1',
    unit: [{ path: '/usr/lib/systemd/system/etcd.service', text: packagedUnit }],
    environment: [{ path: '/etc/default/etcd', text: right }],
    programIsThere: true,
    configuration: null,
    help: '  --name\n  --data-dir\n',
    unused: [],
    ...of,
  };
}
