import { CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { buildProgram } from '../../src/cli/build-program.ts';
import { type GlobalOptions } from '../../src/cli/invocation.ts';
import { verbExamples } from '../../src/cli/verb-examples.ts';
import { type Language } from '../../src/model/words.ts';

interface Typed {
  readonly written: string;
  readonly called: readonly (readonly unknown[])[];
  /** How often root was required. */
  readonly rootRequired: number;
  readonly thrown: unknown;
}

async function type(argv: readonly string[], language: Language = 'en'): Promise<Typed> {
  let written = '';
  const called: (readonly unknown[])[] = [];
  let rootRequired = 0;
  const program = buildProgram({
    ...{ version: '1.2.3', language, write: (text: string) => void (written += text) },
    call: (options: GlobalOptions, _load, ...args) => {
      called.push([options, ...args]);
      return Promise.resolve();
    },
    requireRoot: () => {
      rootRequired += 1;
    },
  });
  const thrown: unknown = await program.parseAsync(['node', 'lab', ...argv]).then(
    () => null,
    (error: unknown) => error,
  );
  return { written, called, thrown, rootRequired };
}

function verbs(language: Language = 'en') {
  const nothing = { write: () => undefined, call: () => Promise.resolve(), requireRoot: () => undefined };
  return buildProgram({ version: '1', language, ...nothing }).commands;
}

describe('help', () => {
  test.each([[[]], [['--help']], [['help']]])(
    'lab %j says what to type first, the verbs and the exit statuses',
    async (argv) => {
      const { written, thrown } = await type(argv);
      expect(written).toMatch(/^To learn, by hand:\n {2}lab start chapter-1/);
      expect(written).toContain('verify [options] [chapter]');
      expect(written).toContain('130 interrupted');
      expect(written.match(/Usage:/g)).toHaveLength(1);
      if (thrown !== null) expect(thrown).toBeInstanceOf(CommanderError);
    },
  );

  test('-V and --version', async () => {
    expect((await type(['-V'])).written).toBe('1.2.3\n');
    expect((await type(['--version'])).written).toBe('1.2.3\n');
  });

  test('every verb has examples, which are typed as it wants them', async () => {
    const names = verbs().map((verb) => verb.name());
    expect(Object.keys(verbExamples).toSorted()).toEqual(names.filter((name) => name !== 'help').toSorted());
    for (const [verb, examples] of Object.entries(verbExamples)) {
      for (const [command] of examples) {
        const argv = command
          .replace(/ [|<].*$/, '')
          .split(' ')
          .slice(1);
        expect((await type(argv)).thrown, command).toBe(null);
        expect(argv[0]).toBe(verb);
      }
    }
  });

  test('in French no placeholder and no title is left in English', async () => {
    const english =
      /(?:chapter|node|step|name|number|file|rate|unit|verb|command|dir|time|count|other|scenario|fault)(?!\p{L})/u;
    for (const verb of verbs('fr')) {
      const { written } = await type(['help', verb.name()], 'fr');
      const usage = written.split('\n').filter((line) => /^Utilisation|^ {2}\S+ *[<[]|^ {2}-/.test(line));
      for (const line of usage) expect(line.match(/[<[][^>\]]*[>\]]/g)?.join(' ') ?? '').not.toMatch(english);
      expect(written).not.toMatch(/^(?:Usage|Arguments:|Examples|Global)/m);
    }
  });
});

describe('a mistake is told once, with the help of its own verb', () => {
  test.each([
    [['upp'], "unknown command 'upp'", 'verbe inconnu : upp', 'Did you mean up?'],
    [['help', 'verfy'], 'unknown verb: verfy', 'verbe inconnu : verfy', 'Did you mean verify?'],
    [
      ['guide', '1', '2'],
      "too many arguments for 'guide'. Expected 1 argument but got 2.",
      "trop d'arguments pour guide : 1 au plus, 2 reçus",
      'What it takes: lab help guide',
    ],
    [['exec'], "missing required argument 'node'", 'il manque un argument : nœud', 'What it takes: lab help exec'],
    [['up', '--nosuch'], "unknown option '--nosuch'", 'option inconnue : --nosuch', 'What it takes: lab help up'],
    [
      ['verify', '--wait'],
      "option '--wait <time>' argument missing",
      "il manque la valeur de l'option --wait <durée>",
      'What it takes: lab help verify',
    ],
  ])('%j', async (argv, en, fr, hint) => {
    const { written, thrown } = await type(argv);
    expect(written).toBe('');
    expect(thrown).toMatchObject({ code: 'usage', exit: 2, what: { en, fr }, hint: { en: hint } });
  });
});

test('what follows -- belongs to the program in the node', async () => {
  const { called } = await type(['exec', 'etcd1', '--', 'x', '--lang', 'de', '--help']);
  expect(called).toEqual([[{}, 'etcd1', ['x', '--lang', 'de', '--help'], {}]]);
});

test.each([
  [['up'], 1],
  [['list'], 1],
  [['complete', '--', 'up', ''], 0],
  [['guide', '2'], 0],
  [['fault'], 0],
  [['fault', 'freeze'], 1],
  [['help', 'up'], 0],
  [['up', '--help'], 0],
])('lab %j requires root %d times', async (argv, times) => {
  expect((await type(argv)).rootRequired).toBe(times);
});
