import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { haproxyFindingWords } from '../../src/checks/haproxy-configuration/known-lines.ts';
import { refusedLines } from '../../src/checks/haproxy-configuration/refused-lines.ts';
import { serviceFindings } from '../../src/checks/haproxy-configuration/service-findings.ts';
import { statisticsFindings } from '../../src/checks/haproxy-configuration/statistics-findings.ts';
import { frontOf, haproxySeconds, parseHaproxyConfiguration } from '../../src/probes/haproxy-configuration.ts';
import { healthTiming } from '../../src/probes/haproxy-health.ts';
import { workshop } from './etcd-lab.ts';

const path = new URL('../../labs/patroni-etcd/chapters/07-haproxy/files/haproxy.cfg', import.meta.url);
const right = readFileSync(path, 'utf8').replaceAll('{{ postgresql_port }}', '5434');

function causes(text: string): readonly string[] {
  const members = workshop.nodes.filter(({ member }) => member !== undefined);
  const configured = { sections: parseHaproxyConfiguration(text), members, postgresqlPort: '5434' };
  return [
    ...serviceFindings(configured, 5432),
    ...serviceFindings(configured, 5433),
    ...statisticsFindings(configured),
  ].map((found) => {
    const { en, fr } = haproxyFindingWords(found);
    expect(fr).not.toBe(en);
    return en;
  });
}

describe('haproxy.cfg', () => {
  it('of the chapter has nothing to correct', () => {
    expect(causes(right)).toEqual([]);
  });

  it('may as well be written with frontends and backends', () => {
    const text = right
      .replace(
        'listen leader\n    bind *:5432',
        'frontend writes\n    bind *:5432\n    default_backend leader\n\nbackend leader',
      )
      .replace('option httpchk OPTIONS /primary', 'option httpchk\n    http-check send meth OPTIONS uri /primary');
    expect(causes(text)).toEqual([]);
  });

  it.each<[name: string, from: string | RegExp, to: string, cause: RegExp]>([
    ['mode http', 'mode tcp', 'mode http', /haproxy\.cfg:10 `mode http`: port 5432 \(section leader\) speaks http/],
    [
      "the check on PostgreSQL's port",
      / check port 8008/g,
      ' check',
      /`server pg-1 pg-1:5434 check`: the check asks PostgreSQL's own port/,
    ],
    ['another port', /5434 check port 8008/g, '5434 check port 8009', /the check asks port 8009/],
    ['no check at all', / check port 8008/g, '', /without `check` HAProxy asks nobody/],
    [
      'a page that is none',
      '/primary',
      '/primray',
      /\/primray is a page that Patroni does not have; port 5432 is for the leader/,
    ],
    ['the replicas on 5432', '/primary', '/replica', /\/replica is where replicas alone say yes \(200\); port 5432/],
    ['the leader on 5433', '/replica?lag=1MB', '/read-only', /\/read-only is where the leader says yes too; port 5433/],
    ['no lag', '/replica?lag=1MB', '/replica', /without `\?lag=`/],
    ['no httpchk', /option httpchk .*\n/g, '\n', /section leader asks for no page of Patroni/],
    [
      'milliseconds',
      'timeout client 30m',
      'timeout client 50000',
      /`timeout client 50000`: section leader cuts .* for 50 s; a number alone means milliseconds/,
    ],
    [
      'a lost server',
      / {4}server pg-3 .*\n(?=\nlisten stats)/,
      '',
      /`listen replicas`: pg-3 is missing from this section: nobody on 5433/,
    ],
    ['the port of the proxy', /pg-2:5434/g, 'pg-2:5432', /PostgreSQL listens on 5434, not on 5432/],
    ['a stranger', /server pg-2 pg-2/g, 'server pg-2 etcd1', /etcd1:5434 .*`: etcd1 is no member of the cluster/],
    ['the same one twice', /server pg-2 pg-2/g, 'server pg-2 10.0.3.141', /this server is there twice/],
    [
      'sessions that stay',
      ' on-marked-down shutdown-sessions',
      '',
      /the sessions of section leader stay with a server that is out/,
    ],
    ['no port for reads', 'bind *:5433', 'bind *:5431', /no section has `bind \*:5433`, the port for the replicas/],
    [
      'no statistics',
      /listen stats[\s\S]*/,
      '',
      /no section has `bind \*:7000`: the statistics page is not configured/,
    ],
    ['statistics over TCP', 'mode http', 'mode tcp', /the statistics are a web page/],
    ['statistics that are not enabled', / {4}stats .*\n/g, '', /`stats enable` is missing/],
    ['statistics elsewhere', 'stats uri /', 'stats uri /stats', /the page is at http:\/\/…:7000\/stats/],
  ])('names %s', (_name, from, to, cause) => {
    expect(causes(right.replace(from, to)).join('\n')).toMatch(cause);
  });

  it("of Debian's package, as it is installed, has none of the three ports", () => {
    expect(causes('global\n\tdaemon\ndefaults\n\tmode\thttp\n        timeout client  50000\n')).toHaveLength(3);
  });
});

describe('what HAProxy says of a file that it refuses', () => {
  // HAProxy 3.0.11; 2.6.12 says the same.
  const said = `[NOTICE]   (3332) : haproxy version is 3.0.11-1+deb13u5
[ALERT]    (3332) : config : parsing [/etc/haproxy/haproxy.cfg:2] : unknown keyword 'ballance' in 'listen' section; did you mean 'balance' maybe ?
[ALERT]    (3321) : config : [/etc/haproxy/haproxy.cfg:3] : 'server leader/pg-3' : could not resolve address 'pg-3'.
[ALERT]    (3321) : config : Failed to initialize server(s) addr.
[ALERT]    (3332) : config : Error(s) found in configuration file : /etc/haproxy/haproxy.cfg
[ALERT]    (3332) : config : Fatal errors found in configuration.
`;

  it('is told line by line, with what stands there', () => {
    const lines = refusedLines(said, 'listen a\n  ballance roundrobin\n  server pg-3 pg-3:5434\n').map(({ en }) => en);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      /^\/etc\/haproxy\/haproxy\.cfg:2 `ballance roundrobin`: HAProxy refuses it: unknown keyword/,
    );
    expect(lines[1]).toMatch(/:3 `server pg-3 pg-3:5434`: pg-3 resolves to no address/);
  });
});

describe('times', () => {
  it.each([
    ['50000', 50],
    ['30m', 1800],
    ['500ms', 0.5],
    ['2h', 7200],
    ['soon', null],
  ])('%s', (text, seconds) => {
    expect(haproxySeconds(text)).toBe(seconds);
  });

  it('of the checks come from the file, and from the manual where it is silent', () => {
    const health = (text: string) => {
      const section = frontOf(parseHaproxyConfiguration(text), 5432);
      if (section === undefined) throw new Error('no such port');
      return healthTiming(section);
    };
    expect(health(right)).toEqual({ inter: 3, fastinter: 1, fall: 3, rise: 2, check: 2 });
    expect(health('listen a\n bind *:5432\n')).toEqual({ inter: 2, fastinter: 2, fall: 3, rise: 2, check: 2 });
  });
});
