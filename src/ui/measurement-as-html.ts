import { type Repetition, type Spread } from '../model/measurement.ts';
import { type Language, type Words, words } from '../model/words.ts';
import { escapeMarkup } from './escape-markup.ts';
import { decimal, formatSeconds } from './format-quantity.ts';
import { type MeasuredLab } from './measured-lab.ts';
import { accountLines, boundWords, modeWords, wayWords } from './measurement-words.ts';
import { say } from './say.ts';
import { shownInRows } from './shown.ts';
import { throughputSvg } from './throughput-svg.ts';

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1d2733;background:#fff}
h1,h2{line-height:1.2}table{border-collapse:collapse;margin:1rem 0}td,th{padding:.2rem 1rem .2rem 0;text-align:left}td.n{text-align:right;font-variant-numeric:tabular-nums}
.bad{color:#b3261e;font-weight:600}.dim{color:#5b6775}svg{width:100%;height:auto;font:12px system-ui,sans-serif}
svg .ok{fill:#2e7d4f}svg .no{fill:#b3261e;opacity:.75}svg .gap{fill:#b3261e;opacity:.08}svg .axis,svg .layer{stroke:#5b6775}svg .layer{stroke-dasharray:3 3}svg text{fill:#1d2733}svg .tick{fill:#5b6775}`;

/** One page that needs nothing else: neither files nor a network. */
export function measurementAsHtml(given: MeasuredLab, language: Language): string {
  const measured = shownInRows(given);
  const text = (what: Words): string => escapeMarkup(say(what, language));
  const { scenario, lab, edition, clients, seed, way, synchronous } = measured;
  const head = words(
    `Lab ${lab} (${edition}): ${String(clients)} clients ${wayWords(way).en}, ${modeWords(synchronous).en}, seed ${String(seed)}`,
    `Lab ${lab} (${edition}) : ${String(clients)} clients ${wayWords(way).fr}, ${modeWords(synchronous).fr}, graine ${String(seed)}`,
  );
  const bound = formatSeconds(measured.bound.seconds, language);
  const most = words(
    `By the cluster's settings, writes stop for ${bound} at most: ${boundWords(measured.bound).en} (seconds).`,
    `D'après les réglages du cluster, les écritures s'arrêtent ${bound} au plus : ${boundWords(measured.bound).fr} (secondes).`,
  );
  const parts = measured.repetitions.map((repetition, index) => section(measured, repetition, index, language));
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>lab measure ${escapeMarkup(scenario)}</title><style>${style}</style></head>
<body><h1>${escapeMarkup(scenario)}</h1><p>${text(head)}</p><p>${text(most)}</p>
${summary(measured, language)}${parts.join('\n')}
</body></html>
`;
}

function summary({ repetitions, summary: all }: MeasuredLab, language: Language): string {
  if (repetitions.length < 2) return '';
  const row = (title: Words, { min, median, max }: Spread, digits: number): string =>
    `<tr><th>${escapeMarkup(say(title, language))}</th>${[min, median, max].map((value) => `<td class="n">${decimal(value, digits, language)}</td>`).join('')}</tr>`;
  const titles = [words('minimum', 'minimum'), words('median', 'médiane'), words('maximum', 'maximum')];
  return `<table><tr><th></th>${titles.map((title) => `<th>${say(title, language)}</th>`).join('')}</tr>
${row(words('without writes, s', 'sans écritures, s'), all.withoutWrites, 1)}
${row(words('without reads, s', 'sans lectures, s'), all.withoutReads, 1)}
${row(words('acknowledged and lost', 'confirmées et perdues'), all.lost, 0)}
${row(words('broken connections', 'connexions rompues'), all.brokenConnections, 0)}</table>`;
}

function section({ repetitions }: MeasuredLab, repetition: Repetition, index: number, language: Language): string {
  const { withoutWrites, withoutReads, brokenConnections, rows, leaderBefore, leaderAfter, faultAt } = repetition;
  const title = repetitions.length === 1 ? '' : `${String(index + 1)}/${String(repetitions.length)}: `;
  const cell = (name: Words, value: string, bad = false): string =>
    `<tr><th>${escapeMarkup(say(name, language))}</th><td class="n${bad ? ' bad' : ''}">${escapeMarkup(value)}</td></tr>`;
  const seconds = (value: number | undefined): string => formatSeconds(value ?? 0, language);
  return `<section><h2>${title}${escapeMarkup(leaderBefore)} → ${escapeMarkup(leaderAfter)}</h2><p class="dim">${escapeMarkup(faultAt)}</p>
${throughputSvg(repetition, language)}
<table>${cell(words('without writes', 'sans écritures'), seconds(withoutWrites?.seconds))}${cell(words('without reads', 'sans lectures'), seconds(withoutReads?.seconds))}${cell(words('broken connections', 'connexions rompues'), String(brokenConnections))}
${cell(words('rows begun', 'lignes commencées'), String(rows.attempted))}${accountLines(rows)
    .map(({ title: name, count, weight }) => cell(name, String(count), weight === 'bad' && count > 0))
    .join('')}</table></section>`;
}
