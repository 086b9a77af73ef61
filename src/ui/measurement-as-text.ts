import { type Outage, type Repetition, type Spread } from '../model/measurement.ts';
import { type Language, type Words, words } from '../model/words.ts';
import { createPalette, type Palette } from './colours.ts';
import { drawTenths, type Mark } from './draw-tenths.ts';
import { decimal, formatSeconds } from './format-quantity.ts';
import { alignColumns } from './lay-out-text.ts';
import { type MeasuredLab } from './measured-lab.ts';
import { accountLines, boundWords, layerWords, modeWords, wayWords } from './measurement-words.ts';
import { say } from './say.ts';

interface Look {
  readonly language: Language;
  readonly palette: Palette;
  readonly columns: number;
}

const mostLostShown = 10;

/** A measurement for people: each repetition with its time line, and what several have in common. */
export function measurementAsText(measured: MeasuredLab, look: Omit<Look, 'palette'>, colour: boolean): string {
  const full: Look = { ...look, palette: createPalette(colour) };
  const parts = measured.repetitions.map((repetition, index) => repetitionLines(measured, repetition, index, full));
  const sections = [headLines(measured, full), ...parts, ...summaryLines(measured, full)];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function headLines(measured: MeasuredLab, { language, palette }: Look): string[] {
  const { scenario, clients, way, synchronous, edition, seed } = measured;
  const what = words(
    `${String(clients)} clients ${wayWords(way).en}, ${modeWords(synchronous).en}, ${edition}, seed ${String(seed)}`,
    `${String(clients)} clients ${wayWords(way).fr}, ${modeWords(synchronous).fr}, ${edition}, graine ${String(seed)}`,
  );
  return [palette.bold(scenario), say(what, language)];
}

function repetitionLines(measured: MeasuredLab, repetition: Repetition, index: number, look: Look): string[] {
  const { language, palette } = look;
  const count = measured.repetitions.length;
  const title =
    count === 1 ? [] : [palette.bold(`${String(index + 1)}/${String(count)}`.padEnd(8) + repetition.leaderBefore)];
  return [
    ...title,
    ...timeLine(repetition, look),
    '',
    ...layerLines(repetition, look),
    '',
    ...figures(measured, repetition, language, palette),
  ];
}

function timeLine({ throughput }: Repetition, { language, palette, columns }: Look): string[] {
  const labels = [say(words('writes', 'écritures'), language), say(words('reads', 'lectures'), language)];
  const margin = Math.max(...labels.map((label) => label.length)) + 2;
  const drawn = drawTenths(throughput, columns - margin);
  const marks: Readonly<Record<Mark, string>> = {
    all: palette.green('█'),
    some: palette.yellow('▄'),
    none: palette.red('·'),
  };
  const line = (label: string, row: readonly Mark[]): string =>
    label.padEnd(margin) + row.map((mark) => marks[mark]).join('');
  const fault = Math.round(-drawn.from / drawn.secondsPerMark);
  const each = decimal(drawn.secondsPerMark, 1, language);
  const legend = words(
    `▲ the fault; one character is ${each} s: █ served, ▄ in part, · nothing`,
    `▲ la panne ; un caractère vaut ${each} s : █ servi, ▄ en partie, · rien`,
  );
  return [
    line(labels[0] ?? '', drawn.writes),
    line(labels[1] ?? '', drawn.reads),
    `${' '.repeat(margin + fault)}▲`,
    palette.dim(say(legend, language)),
  ];
}

function layerLines({ layers }: Repetition, { language }: Look): string[] {
  return alignColumns(
    layers.map((layer) => [`${decimal(layer.at, 1, language).padStart(6)} s`, say(layerWords(layer), language)]),
  );
}

function figures(measured: MeasuredLab, repetition: Repetition, language: Language, palette: Palette): string[] {
  const { rows, withoutWrites, withoutReads, brokenConnections } = repetition;
  const bound = formatSeconds(measured.bound.seconds, language);
  const most = words(
    `at most ${bound} by the settings: ${boundWords(measured.bound).en}`,
    `${bound} au plus d'après les réglages : ${boundWords(measured.bound).fr}`,
  );
  const over = (withoutWrites?.seconds ?? 0) > measured.bound.seconds;
  const times = alignColumns([
    [
      say(words('without writes', 'sans écritures'), language),
      (over ? palette.red : palette.bold)(outageText(withoutWrites, language)),
      palette.dim(say(most, language)),
    ],
    [say(words('without reads', 'sans lectures'), language), outageText(withoutReads, language)],
    [say(words('broken connections', 'connexions rompues'), language), String(brokenConnections)],
  ]);
  const account = alignColumns(
    accountLines(rows).map(({ title, count, weight }) => [
      say(title, language),
      weight === 'bad' && count > 0 ? palette.red(String(count)) : String(count),
    ]),
  );
  const total = words(`${String(rows.attempted)} rows begun`, `${String(rows.attempted)} lignes commencées`);
  return [
    ...times,
    '',
    say(total, language),
    ...account.map((line) => `  ${line}`),
    ...lostLines(repetition, language),
  ];
}

function outageText(outage: Outage | null, language: Language): string {
  if (outage === null) return formatSeconds(0, language);
  const lasting: Words =
    outage.to === null ? words(' and more: it did not come back', ' et plus : pas de retour') : words('', '');
  return formatSeconds(outage.seconds, language) + say(lasting, language);
}

/** Where the rows can be looked for. */
function lostLines({ rows, run }: Repetition, language: Language): string[] {
  if (rows.lost.length === 0) return [];
  const some = rows.lost.slice(0, mostLostShown).map(({ client, n }) => `${String(client)}/${String(n)}`);
  const more = rows.lost.length > mostLostShown ? ' …' : '';
  const lost = words(
    `lost (client/number): ${some.join(' ')}${more}`,
    `perdues (client/numéro) : ${some.join(' ')}${more}`,
  );
  const sql = `select client, n from ledger_acknowledged where run = '${run}' except select client, n from ledger_rows where run = '${run}'`;
  const look = words(`in the database: ${sql}`, `dans la base : ${sql}`);
  return [say(lost, language), say(look, language)];
}

function summaryLines(measured: MeasuredLab, { language, palette }: Look): string[][] {
  if (measured.repetitions.length < 2) return [];
  const { withoutWrites, withoutReads, lost, brokenConnections } = measured.summary;
  const seconds = ({ min, median, max }: Spread): string[] =>
    [min, median, max].map((value) => formatSeconds(value, language));
  const counts = ({ min, median, max }: Spread): string[] =>
    [min, median, max].map((value) => decimal(value, 0, language));
  const head = words('minimum median maximum', 'minimum médiane maximum');
  const rows = [
    ['', ...say(head, language).split(' ')],
    [say(words('without writes', 'sans écritures'), language), ...seconds(withoutWrites)],
    [say(words('without reads', 'sans lectures'), language), ...seconds(withoutReads)],
    [say(words('acknowledged and lost', 'confirmées et perdues'), language), ...counts(lost)],
    [say(words('broken connections', 'connexions rompues'), language), ...counts(brokenConnections)],
  ];
  const title = words(
    `${String(measured.repetitions.length)} repetitions`,
    `${String(measured.repetitions.length)} répétitions`,
  );
  return [[palette.bold(say(title, language)), ...alignColumns(rows)]];
}
