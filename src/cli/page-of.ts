import { type Page } from '../ui/page.ts';
import { chooseFormat, formats, type Invocation } from './invocation.ts';
import { type World } from './services.ts';

/** Where and how a verb shows its document: pretty on a terminal, plain elsewhere, unless --format says otherwise. */
export function pageOf(world: World, invocation: Invocation): Page {
  return {
    format: chooseFormat(invocation, formats, world.stdout.isTTY === true ? 'pretty' : 'plain'),
    language: invocation.language,
    colour: world.colour,
    columns: world.stdout.columns,
    write: (text) => world.stdout.write(text),
  };
}
