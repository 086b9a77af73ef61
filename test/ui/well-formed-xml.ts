/** An element as a strict reader sees it. Throws on whatever is not well-formed XML. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

export function readXml(source: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const token = /<\?xml version="1\.0" encoding="UTF-8"\?>|<(\/?)([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>|([^<]+)/y;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const found = token.exec(source);
    const top = open.at(-1);
    if (found === null || top === undefined) throw new Error(`not XML at ${source.slice(at, at + 60)}`);
    const [, closing, name, attributes = '', selfClosing, text] = found;
    if (text !== undefined) top.text += unescape(text);
    if (name === undefined) continue;
    if (closing === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    const element = { name, attributes: readAttributes(attributes), children: [], text: '' };
    top.children.push(element);
    if (selfClosing !== '/') open.push(element);
  }
  const [only, ...others] = root.children;
  if (open.length !== 1 || only === undefined || others.length > 0) throw new Error('not one closed root element');
  return only;
}

function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, unescape(value)]),
  );
}

function unescape(text: string): string {
  // eslint-disable-next-line no-control-regex
  const forbidden = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/u;
  if (forbidden.test(text)) throw new Error(`a character that XML can't hold in ${JSON.stringify(text)}`);
  const named: Readonly<Record<string, string>> = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    '#10': '\n',
    '#9': '\t',
    '#39': "'",
  };
  if (/&(?!(?:amp|lt|gt|quot|#10|#9|#39);)/.test(text)) throw new Error(`a bare & in ${text}`);
  return text.replaceAll(/&([^;]+);/g, (_, name: string) => named[name] ?? '');
}
