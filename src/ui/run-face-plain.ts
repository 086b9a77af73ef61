import { type ItemOutcome, type ItemPart, type LabEvent } from '../model/events.ts';
import { words, type Words } from '../model/words.ts';
import { checkDetails, checkTitle } from './check-details.ts';
import { createPalette } from './colours.ts';
import { type RunFace, type RunFaceOptions } from './run-face.ts';
import { formatSeconds } from './format-quantity.ts';
import { itemName } from './item-name.ts';
import { createOpenChecks, type OpenChecks } from './open-checks.ts';
import { measuredWords } from './measured-words.ts';
import { openSink } from './open-sink.ts';
import { outcomeWords } from './outcome-words.ts';
import { say } from './say.ts';
import { shown } from './shown.ts';

type PlainOptions = Pick<RunFaceOptions, 'language' | 'colour' | 'stdout' | 'verbose' | 'now'>;

interface OpenItem {
  readonly name: string;
  readonly title: Words;
  readonly checks: OpenChecks;
  lastProgress: { readonly text: string; readonly at: number };
}

/** A download reports every moment; a log wants to know now and then that it is alive. */
const progressEveryMilliseconds = 2000;

/** One line for each event worth reading, with the time since the beginning and the line of work it belongs to. */
export function createPlainRunFace(options: PlainOptions): RunFace {
  const sink = openSink(options.stdout);
  const lines = plainLines(options);
  return {
    announce: (event) => {
      for (const line of lines(shown(event))) sink.write(`${line}\n`);
    },
    close: () => {
      const lost = sink.failure();
      return lost === undefined ? Promise.resolve() : Promise.reject(lost);
    },
  };
}

function plainLines(options: PlainOptions): (event: LabEvent) => string[] {
  const { language } = options;
  const palette = createPalette(options.colour);
  const now = options.now ?? (() => performance.now());
  const beginning = now();
  const items = new Map<string, OpenItem>();
  const stamped = (text: string) =>
    `${palette.dim(`[${((now() - beginning) / 1000).toFixed(1).padStart(5)}s]`)} ${text.replaceAll('\n', `\n${margin}`)}`;
  const named = (item: string, text: string) => stamped(`${palette.cyan(items.get(item)?.name ?? item)}  ${text}`);

  return (event) => {
    switch (event.kind) {
      case 'planned':
        return [];
      case 'measured':
        return [named(event.item, say(measuredWords(event), language))];
      case 'notice':
        return [stamped(say(event.text, language))];
      case 'item-started': {
        const item = {
          name: itemName(event.part),
          title: event.title,
          checks: createOpenChecks(),
          lastProgress: noProgress,
        };
        items.set(event.item, item);
        return takesLong(event.part) ? [named(event.item, `${say(event.title, language)} …`)] : [];
      }
      case 'item-progress':
        return progress(items.get(event.item), say(event.text, language), now()).map((text) => named(event.item, text));
      case 'check-judged':
        items.get(event.item)?.checks.judge(event.result);
        return [];
      case 'command-ran':
        return options.verbose === true ? [stamped(command(event, items.get(event.item)?.name ?? event.item))] : [];
      case 'item-finished': {
        const item = items.get(event.item);
        const head = named(event.item, `${say(item?.title ?? words('', ''), language)} … ${ending(event, language)}`);
        const failed = event.outcome === 'done' || event.outcome === 'unchanged' ? [] : (item?.checks.untrue() ?? []);
        items.delete(event.item);
        const look = { language, palette, width: Number.POSITIVE_INFINITY };
        return [
          event.outcome === 'failed' ? palette.red(head) : head,
          // The failed checks say it better than the sentence that only sums them up.
          ...(event.error === undefined || failed.length > 0 ? [] : indented(say(event.error, language))),
          ...failed.flatMap((check) => [
            ...indented(checkTitle(check, check.node === null ? [] : [check.node], look)),
            ...indented(
              checkDetails(check, look)
                .map((line) => `  ${line}`)
                .join('\n'),
            ),
          ]),
        ];
      }
    }
  };
}

/** As wide as a time: no line of a text passes for one of ours. */
const margin = ' '.repeat(9);

/** Below the text of the line above, behind its time. */
function indented(text: string): string[] {
  return text.split('\n').map((line) => margin + line);
}

/** Nodes and networks are there in a moment; a line when they are is enough. */
function takesLong(part: ItemPart): boolean {
  return part.kind === 'image' || part.kind === 'step';
}

const noProgress = { text: '', at: Number.NEGATIVE_INFINITY };

function progress(item: OpenItem | undefined, text: string, at: number): string[] {
  if (item === undefined || item.lastProgress.text === text) return [];
  if (at - item.lastProgress.at < progressEveryMilliseconds) return [];
  item.lastProgress = { text, at };
  return [text];
}

function command(event: Extract<LabEvent, { kind: 'command-ran' }>, item: string): string {
  const status = event.exitStatus === null ? 'ended' : String(event.exitStatus);
  return `${event.node ?? item}: $ ${event.argv.join(' ')}  (${status}, ${event.seconds.toFixed(1)} s)`;
}

function ending(event: { readonly outcome: ItemOutcome; readonly seconds: number }, language: 'en' | 'fr'): string {
  const time = words(formatSeconds(event.seconds, 'en'), formatSeconds(event.seconds, 'fr'));
  return say(outcomeWords(event.outcome, time), language);
}
