import { type EtcdSources } from '../../probes/etcd-invocation.ts';
import { type EtcdSetting } from '../../probes/etcd-settings.ts';
import { type SourceLine } from '../../probes/systemd-unit-files.ts';
import { nearest } from '../../model/nearest.ts';
import { commonFlags } from '../../probes/etcd-invocation.ts';
import { found, type Configured, type Finding } from './finding.ts';

/** Whether systemd can start etcd, and whether etcd gets to read what was written for it. */
export function startFindings(sources: EtcdSources, configured: Configured): readonly Finding[] {
  return [
    ...programFindings(sources, configured),
    ...fileFindings(sources, configured),
    ...configured.settings.conflicts.map(({ variable, flag }) => givenTwice(variable, flag)),
    ...configured.settings.invocation.ignoredLines.map(passedOver),
    ...Array.from(configured.settings.settings.values()).flatMap(literalText),
  ];
}

/** In etcd 3.4 a configuration file switches the JSON gateway off, with which Patroni speaks (measured with 3.4.23). */
export function gatewayFindings({ settings }: Configured, etcdVersion: string | undefined): readonly Finding[] {
  const given = settings.invocation.configurationFile;
  if (given === null || etcdVersion !== '3.4' || settings.settings.get('enable-grpc-gateway')?.value === 'true')
    return [];
  return [
    found(
      given.origin,
      `with a configuration file, etcd ${etcdVersion} leaves out the gateway through which Patroni speaks: \`enable-grpc-gateway: true\` belongs into ${given.text}`,
      `avec un fichier de configuration, etcd ${etcdVersion} désactive la passerelle par laquelle Patroni lui parle : il faut \`enable-grpc-gateway: true\` dans ${given.text}`,
    ),
  ];
}

/** Variables that etcd does not know: harmless in themselves, but what they were meant to set isn't set. */
export function unknownFindings({ settings }: Configured): readonly Finding[] {
  return settings.unknown.map(({ name, spelling, origin }) => {
    const near = nearest(name, commonFlags);
    const meant = near === undefined ? null : `ETCD_${near.toUpperCase().replaceAll('-', '_')}`;
    return found(
      origin,
      `etcd knows no setting ${spelling} and passes over the line${meant === null ? '' : `; probably ${meant} is meant`}`,
      `etcd ne connaît pas ${spelling} et ignore la ligne${meant === null ? '' : ` ; il s'agit sans doute de ${meant}`}`,
    );
  });
}

function programFindings(sources: EtcdSources, { settings }: Configured): readonly Finding[] {
  const { program } = settings.invocation;
  if (program === null)
    return [
      found(
        null,
        'the etcd service has no ExecStart: systemd has nothing to start',
        "le service etcd n'a pas d'ExecStart : systemd n'a rien à démarrer",
      ),
    ];
  if (sources.programIsThere) return [];
  const { text, origin } = program;
  return [
    found(
      origin,
      `there is no program ${text}; Debian's package puts etcd at /usr/bin/etcd`,
      `il n'y a pas de programme ${text} ; le paquet Debian installe etcd dans /usr/bin/etcd`,
    ),
  ];
}

function fileFindings({ configuration }: EtcdSources, { settings }: Configured): readonly Finding[] {
  const given = settings.invocation.configurationFile;
  if (given === null) return [];
  if (configuration === null || configuration.text === null) {
    return [
      found(
        given.origin,
        `etcd is told to read ${given.text}, and there is no such file`,
        `etcd doit lire ${given.text}, et ce fichier n'existe pas`,
      ),
    ];
  }
  if (settings.unreadable === null) return [];
  const { origin, why } = settings.unreadable;
  return [found(origin, `not readable as YAML: ${why}`, `illisible en YAML : ${why}`)];
}

function givenTwice(variable: EtcdSetting, flag: EtcdSetting): Finding {
  const place = (line: SourceLine) => `${line.file}:${String(line.line)}`;
  return found(
    variable.origin,
    `${variable.spelling} is in the environment and ${flag.spelling} on the command line (${place(flag.origin)}): etcd refuses to start when a setting is given twice; keep one of them`,
    `${variable.spelling} est dans l'environnement et ${flag.spelling} sur la ligne de commande (${place(flag.origin)}) : etcd refuse de démarrer quand un réglage est donné deux fois ; gardez-en un seul`,
  );
}

function passedOver(origin: SourceLine): Finding {
  if (!origin.text.startsWith('export '))
    return found(
      origin,
      'not of the form NAME=VALUE: systemd passes over the line',
      'pas de la forme NOM=VALEUR : systemd ignore la ligne',
    );
  return found(
    origin,
    'no shell reads this file: systemd passes over a line with "export"; NAME=VALUE is enough',
    'aucun shell ne lit ce fichier : systemd ignore une ligne avec « export » ; NOM=VALEUR suffit',
  );
}

function literalText({ value, origin, spelling }: EtcdSetting): readonly Finding[] {
  if (/\$\(|`|\$\{?\w/.test(value)) {
    return [
      found(
        origin,
        `no shell reads this file: ${spelling} gets the text "${value}" as it stands; write the value itself`,
        `aucun shell ne lit ce fichier : ${spelling} reçoit le texte « ${value} » tel quel ; écrivez la valeur elle-même`,
      ),
    ];
  }
  if (!/\s#/.test(value)) return [];
  return [
    found(
      origin,
      `a comment needs a line of its own: here it becomes part of ${spelling}`,
      `un commentaire demande sa propre ligne : ici, il devient une partie de ${spelling}`,
    ),
  ];
}
