// The names that an argument or an option may take, found quickly or not at all: nothing here waits, locks or fails.

import { readdirSync, readFileSync } from 'node:fs';
import { ownDirectory } from '../checkpoints/places.ts';
import { faults } from '../faults/registry.ts';
import { foldJournal } from '../journal/fold-journal.ts';
import { parseJournal } from '../journal/open-journal.ts';
import { scenarios } from '../ledger/scenarios.ts';
import { labPaths, labsDirectory } from '../model/home-paths.ts';
import { labName } from '../model/ids.ts';
import { languages, type Words } from '../model/words.ts';
import { includedWorkshop } from '../workshop/included-workshop.ts';
import {
  chaptersByLine,
  editionsByLine,
  type NamedChapter,
  nodesByLine,
  stepsByLine,
} from '../workshop/names-by-line.ts';
import { formats, type Invocation } from './invocation.ts';

/** Calls `add` for each of them. */
export type Propose = (add: (name: string, what: string) => void) => void;

export interface Proposals {
  ofArgument(verb: string, name: string): Propose;
  ofOption(name: string): Propose;
}

export interface Asked {
  /** The folder that holds dist/ and labs/. */
  readonly program: string;
  readonly invocation: Invocation;
  /** The words of the line behind `lab`. */
  readonly typed: readonly string[];
}

/** A name, and what it is. */
type Name = readonly [name: string, what?: string];

export function proposalsFor({ program, invocation, typed }: Asked): Proposals {
  const { language } = invocation;
  const home = valueOf('--home', typed) ?? invocation.home;
  const lab = labName(valueOf('--lab', typed) ?? invocation.lab);
  const workshop = valueOf('--workshop', typed) ?? invocation.workshop ?? includedWorkshop(program);
  const chapters = () => chaptersByLine(workshop, language);
  const nodes = propose(() => nodesByLine(workshop).map((name) => [name]));
  const steps = propose(() => {
    const all = chapters();
    const chapter = all.find((one) => isNamed(one, typed)) ?? all.find(({ id }) => id === chapterOf(home, lab));
    return chapter === undefined ? [] : stepsByLine(workshop, chapter).map((id) => [id]);
  });
  const own = propose(() => entriesOf(ownDirectory(home, lab)));
  const described = (all: readonly { readonly name: string; readonly describe: Words }[]) =>
    propose(() => all.map(({ name, describe }) => [name, describe[language]]));
  const byArgument: Readonly<Record<string, Propose>> = {
    chapter: propose(() =>
      chapters().flatMap(({ id, slug, title }): Name[] => [
        [id, title],
        [slug, title],
      ]),
    ),
    step: steps,
    node: nodes,
    other: nodes,
    scenario: described(scenarios),
    page: propose(() => [['haproxy'], ['patroni']]),
    unit: propose(() => [['etcd'], ['patroni'], ['haproxy']]),
    'fault name': described(faults),
    'restore name': own,
    // One that is there is replaced, if anything.
    'save name': own,
  };
  const byOption: Readonly<Record<string, Propose>> = {
    lab: propose(() => entriesOf(labsDirectory(home))),
    edition: propose(() => editionsByLine(workshop).map((name) => [name])),
    lang: propose(() => languages.map((name) => [name])),
    format: propose(() => formats.map((name) => [name])),
    step: steps,
    remove: own,
  };
  return {
    ofArgument: (verb, name) => byArgument[`${verb} ${name}`] ?? byArgument[name] ?? nothing,
    ofOption: (name) => byOption[name] ?? nothing,
  };
}

const nothing: Propose = () => undefined;

/** Only names that a shell takes as they are: what lies in a home may have been put there by anybody. */
function propose(names: () => readonly Name[]): Propose {
  return (add) => {
    for (const [name, what = ''] of names()) if (/^[\w.-]+$/.test(name) && !name.startsWith('.')) add(name, what);
  };
}

/** `--lab alice` or `--lab=alice`. */
function valueOf(option: string, typed: readonly string[]): string | undefined {
  const at = typed.findIndex((word) => word === option || word.startsWith(`${option}=`));
  const found = at < 0 ? undefined : typed[at] === option ? typed[at + 1] : typed[at]?.slice(option.length + 1);
  return found === '' ? undefined : found;
}

function isNamed({ id, slug }: NamedChapter, typed: readonly string[]): boolean {
  return typed.some((word) => word === id || word === slug || `chapter-${word}` === id);
}

/** Nobody but root may read it. */
function chapterOf(home: string, lab: ReturnType<typeof labName>): string | undefined {
  try {
    return foldJournal(parseJournal(readFileSync(labPaths(home, lab).journal, 'utf8'))).chapter?.id;
  } catch {
    return undefined;
  }
}

function entriesOf(directory: string): readonly Name[] {
  try {
    return readdirSync(directory).map((name) => [name]);
  } catch {
    return [];
  }
}
