// lab complete: what may come next, for a shell whose person pressed Tab.

import { RootCommand } from '@bomb.sh/tab';
import { type Command, type Option } from 'commander';
import { exitStatus } from '../model/errors.ts';
import { type Proposals, proposalsFor } from './proposals.ts';
import { type Verb } from './services.ts';

/** `typed`: what stands behind `lab`, the last word unfinished, or empty. Prints a name and what it is, one a line. */
export const complete: Verb<[program: Command, typed: readonly string[]]> = async (
  world,
  invocation,
  program,
  typed,
) => {
  const proposals = proposalsFor({ program: world.program.directory, invocation, typed });
  const root = new RootCommand();
  describeOptions(root, program.options, proposals);
  for (const verb of program.commands) {
    const described = root.command(verb.name(), verb.description());
    describeOptions(described, [...verb.options, ...program.options], proposals);
    for (const argument of verb.registeredArguments) {
      const name = argument.name();
      described.argument(name, proposals.ofArgument(verb.name(), name), argument.variadic);
    }
  }
  root.command('help', 'lab help').argument('verb', (propose) => {
    for (const verb of program.commands) propose(verb.name(), verb.description());
  });
  root.parse(valuesApart(typed));
  return exitStatus.done;
};

/** `--lab=alice` as `--lab alice`, which is all that it understands before the last word. */
function valuesApart(typed: readonly string[]): string[] {
  const before = typed.slice(0, -1).flatMap((word) => {
    const [, option, value] = /^(--[a-z-]+)=(.*)$/.exec(word) ?? [];
    return option === undefined || value === undefined ? [word] : [option, value];
  });
  return [...before, ...typed.slice(-1)];
}

type Described = ReturnType<RootCommand['command']>;

function describeOptions(described: Described, options: readonly Option[], proposals: Proposals): void {
  for (const { long, short, description, required, optional, hidden } of options) {
    if (hidden) continue;
    const name = (long ?? '').replace(/^--/, '');
    const alias = short?.replace(/^-/, '');
    if (required || optional) described.option(name, description, proposals.ofOption(name), alias);
    else if (alias === undefined) described.option(name, description);
    else described.option(name, description, alias);
  }
}
