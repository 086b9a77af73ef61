import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { patroniEndpoint } from '../probes/patroni-endpoint.ts';
import { patroniNodes } from '../probes/patroni.ts';
import { type PatroniAnswer } from '../probes/patroni-rest.ts';
import { psqlCommand } from '../probes/postgres.ts';
import { seen } from '../probes/reach.ts';
import { type SynchronousConfiguration, synchronousConfiguration } from '../probes/synchronous-mode.ts';
import {
  synchronousMembers,
  synchronousState,
  synchronousStateSql,
  type SynchronousState,
} from '../probes/synchronous-state.ts';
import { defineCheck } from './kind.ts';
import { askLeader, judgeLeader, type LeaderAnswer } from './leader-answer.ts';
import { silentPatroni } from './silent-patroni.ts';
import { configurationCauses, stateCauses } from './why-not-synchronous.ts';

const schema = z.strictObject({ mode: z.enum(['on', 'strict']), standbys: z.int().positive() });
type Args = z.infer<typeof schema>;

interface StandbysObservation {
  readonly state: LeaderAnswer<readonly SynchronousState[]>;
  readonly configuration: PatroniAnswer<SynchronousConfiguration> | null;
  /** What each member answers at /sync. */
  readonly endpoints: readonly { readonly node: NodeDefinition; readonly status: number | null }[];
}

/** So many synchronous standbys, by Patroni's settings, by PostgreSQL, and by the REST API. */
export const synchronousStandbys = defineCheck({
  name: 'synchronous-standbys',
  scope: 'cluster',
  schema,
  withinSeconds: 45,

  async observe(reach, setting) {
    const state = await askLeader(reach, setting, (leader) => synchronousState(reach, leader));
    if (state.kind === 'unseen') return state;
    const { leader } = state.value;
    const configuration = leader === null ? null : await synchronousConfiguration(reach, leader);
    if (configuration?.kind === 'unseen') return configuration;
    const members = patroniNodes(reach.workshop).filter(({ name }) => reach.observation.nodes.get(name) === 'running');
    const endpoints: { node: NodeDefinition; status: number | null }[] = [];
    for (const asked of await Promise.all(
      members.map(async (node) => ({ node, status: await patroniEndpoint(reach, node, '/sync') })),
    )) {
      if (asked.status.kind === 'unseen') return asked.status;
      endpoints.push({ node: asked.node, status: asked.status.value });
    }
    return seen<StandbysObservation>({ state: state.value, configuration: configuration?.value ?? null, endpoints });
  },

  judge({ state, configuration, endpoints }, setting, args): Judgement {
    const expected = words(
      `synchronous_mode ${args.mode}, ${args.standbys} synchronous standby, which answers /sync with 200`,
      `synchronous_mode ${args.mode}, ${args.standbys} standby synchrone, qui répond 200 sur /sync`,
    );
    return judgeLeader(state, setting, expected, ([now], leader) => {
      if (configuration?.kind !== 'answer' || now === undefined) {
        const silent =
          configuration === null || configuration.kind === 'answer'
            ? words('nothing', 'rien')
            : silentPatroni(configuration, leader);
        return { verdict: 'fail', expected, seen: silent };
      }
      const named = synchronousMembers(now);
      const seen = words(
        `synchronous_standby_names ${now.names === '' ? 'empty' : now.names}; synchronous: ${named.join(', ') || 'nobody'}`,
        `synchronous_standby_names ${now.names === '' ? 'vide' : now.names} ; synchrones : ${named.join(', ') || 'personne'}`,
      );
      const causes = [
        ...configurationCauses(configuration.value, args),
        ...stateCauses(now),
        ...endpointCauses(endpoints, named),
      ];
      if (causes.length === 0 && named.length === args.standbys && namesAll(now, named))
        return { verdict: 'pass', expected, seen };
      return {
        verdict: 'fail',
        expected,
        seen,
        cause: joinWords(causes.length > 0 ? causes : [tooFew(args, named)], '\n'),
      };
    });
  },

  command: ({ workshop }) => psqlCommand(workshop, synchronousStateSql),
});

function namesAll({ names }: SynchronousState, members: readonly string[]): boolean {
  return members.every((member) => names.includes(member));
}

function endpointCauses(endpoints: StandbysObservation['endpoints'], named: readonly string[]): readonly Words[] {
  return endpoints.flatMap(({ node, status }) => {
    const member = node.member ?? node.name;
    if ((status === 200) === named.includes(member)) return [];
    const told = status === null ? words('nothing', 'rien') : words(String(status), String(status));
    return [
      named.includes(member)
        ? words(
            `commits wait for ${member}, and its /sync answers ${told.en}`,
            `les commits attendent ${member}, et son /sync répond ${told.fr}`,
          )
        : words(
            `/sync of ${member} answers 200, and PostgreSQL does not wait for it`,
            `/sync de ${member} répond 200, et PostgreSQL ne l'attend pas`,
          ),
    ];
  });
}

function tooFew({ standbys }: Args, named: readonly string[]): Words {
  return words(
    `${named.length} of ${standbys} standbys are synchronous: a replica does not stream, has the tag nosync, or Patroni has not come to it yet`,
    `${named.length} standby(s) synchrone(s) sur ${standbys} : un réplica ne suit pas, porte le tag nosync, ou Patroni ne s'en est pas encore occupé`,
  );
}
