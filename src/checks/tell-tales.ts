import { etcdTellTales } from './etcd-tell-tales.ts';
import { haproxyTellTales } from './haproxy-tell-tales.ts';
import { patroniTellTales } from './patroni-tell-tales.ts';
import { type TellTale } from './tell-tale.ts';

/** By service; a line of a service is compared with that service's own. The first that matches counts. */
export const tellTales: readonly TellTale[] = [...etcdTellTales, ...patroniTellTales, ...haproxyTellTales];
