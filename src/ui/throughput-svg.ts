import { type Repetition } from '../model/measurement.ts';
import { type Language, words } from '../model/words.ts';
import { decimal } from './format-quantity.ts';
import { escapeMarkup } from './escape-markup.ts';
import { layerWords } from './measurement-words.ts';
import { say } from './say.ts';

const size = { width: 960, chart: 220, margin: 48, row: 18 } as const;

/** Acknowledged and failed writes in each tenth of a second, with the failover's layers as lines across. */
export function throughputSvg({ throughput, layers, withoutWrites }: Repetition, language: Language): string {
  const from = throughput[0]?.at ?? 0;
  const to = (throughput.at(-1)?.at ?? 0) + 0.1;
  const most = Math.max(1, ...throughput.map(({ acknowledged, failed }) => Math.max(acknowledged, failed)));
  const inner = size.width - 2 * size.margin;
  const x = (seconds: number): string => (size.margin + ((seconds - from) / (to - from)) * inner).toFixed(1);
  const height = (count: number): number => (count / most) * (size.chart - 20);
  const bar = (at: number, count: number, kind: string): string =>
    count === 0
      ? ''
      : `<rect class="${kind}" x="${x(at)}" y="${(size.chart - height(count)).toFixed(1)}" width="${((inner / (to - from)) * 0.1).toFixed(2)}" height="${height(count).toFixed(1)}"/>`;
  const bars = throughput
    .map(({ at, acknowledged, failed }) => bar(at, acknowledged, 'ok') + bar(at, failed, 'no'))
    .join('');
  const gap =
    withoutWrites === null
      ? ''
      : `<rect class="gap" x="${x(withoutWrites.from)}" y="0" width="${((withoutWrites.seconds / (to - from)) * inner).toFixed(1)}" height="${String(size.chart)}"/>`;
  const lines = layers.map((layer, index) => {
    const y = size.chart + 34 + index * size.row;
    const text = `${decimal(layer.at, 1, language)} s ${say(layerWords(layer), language)}`;
    // Beside its line where there is room for it, else on the other side.
    const right = (layer.at - from) / (to - from) > 0.6;
    return `<line class="layer" x1="${x(layer.at)}" x2="${x(layer.at)}" y1="0" y2="${String(y)}"/><text x="${x(layer.at)}" y="${String(y)}" dx="${right ? '-4' : '4'}" text-anchor="${right ? 'end' : 'start'}">${escapeMarkup(text)}</text>`;
  });
  const total = size.chart + 44 + layers.length * size.row;
  const scale = words(`${String(most)} rows in 100 ms`, `${String(most)} lignes en 100 ms`);
  const ticks = secondsBetween(from, to).map(
    (second) =>
      `<text class="tick" x="${x(second)}" y="${String(size.chart + 14)}" text-anchor="middle">${String(second)}</text>`,
  );
  return `<svg viewBox="0 0 ${String(size.width)} ${String(total)}" role="img">${gap}${bars}<line class="axis" x1="${String(size.margin)}" x2="${String(size.width - size.margin)}" y1="${String(size.chart)}" y2="${String(size.chart)}"/><text class="tick" x="${String(size.margin)}" y="12">${say(scale, language)}</text>${ticks.join('')}${lines.join('')}</svg>`;
}

/** Whole seconds for the axis, not more than a dozen. */
function secondsBetween(from: number, to: number): readonly number[] {
  const step = [1, 2, 5, 10, 20, 60].find((seconds) => (to - from) / seconds <= 12) ?? 120;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, index) => first + index * step);
}
