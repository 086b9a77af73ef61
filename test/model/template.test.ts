import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../src/model/errors.ts';
import { nodeName } from '../../src/model/ids.ts';
import { renderDeep, renderTemplate, templateNames, templateScope } from '../../src/model/template.ts';
import { type NodeDefinition } from '../../src/model/workshop.ts';

const node = (name: string, address: string, member?: string): NodeDefinition => ({
  name: nodeName(name),
  address,
  member,
  aliases: [],
  image: 'base',
  groups: [],
});
const etcd1 = node('etcd1', '10.0.3.64');
const pg1 = node('pg-patroni1', '10.0.3.141', 'pg-1');
const workshop = { nodes: [etcd1, pg1], values: { scope: 'my-ha-cluster', money: '$& $1 {{ scope }}' } };
const edition = { values: { postgresql: '17' } };

describe('a template', () => {
  it('names values, the edition, nodes by their name, and the node it is for', () => {
    const text =
      '{{ scope }} {{edition.postgresql}} {{ etcd1.address }} {{ pg-patroni1.member }} {{ node.name }} {{ node.member }} {{ node.address }}';
    expect(renderTemplate(text, templateScope(workshop, edition, pg1))).toBe(
      'my-ha-cluster 17 10.0.3.64 pg-1 pg-patroni1 pg-1 10.0.3.141',
    );
  });

  it('puts values in as they are, and replaces nothing twice', () => {
    expect(renderTemplate('<{{ money }}>', templateScope(workshop, edition))).toBe('<$& $1 {{ scope }}>');
  });

  it.each(['{{ scop }}', '{{ node.name }}', '{{ etcd1.member }}', '{{ }}', '{{ scope }', '{{ toString }}'])(
    'refuses %s, which is nothing here',
    (text) => {
      expect(() => renderTemplate(`a ${text} b`, templateScope(workshop, edition))).toThrow(
        expect.objectContaining({ code: 'template-name-unknown', exit: 3 }) as LabError,
      );
    },
  );

  it('offers the nearest name', () => {
    const error = (() => {
      try {
        return renderTemplate('{{ etcd1.adress }}', templateScope(workshop, edition));
      } catch (reason) {
        return reason;
      }
    })();
    expect(error).toBeInstanceOf(LabError);
    expect((error as LabError).hint?.en).toBe('Did you mean `{{ etcd1.address }}`?');
  });

  it('leaves a text without names alone', () => {
    const scope = templateScope(workshop, edition);
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!text.includes('{{'));
        expect(renderTemplate(text, scope)).toBe(text);
      }),
    );
  });

  it('reports every name at its place, and renders to the pieces with the values between them', () => {
    const piece = fc.string().filter((text) => !/[{}]/.test(text));
    const space = fc.constantFrom('', ' ', '  ');
    const part = fc.tuple(piece, fc.stringMatching(/^[a-z][a-z.]{0,8}$/), fc.string(), space);
    fc.assert(
      fc.property(fc.array(part), piece, (parts, end) => {
        const scope = new Map(parts.map(([, name, value]) => [name, value]));
        const text = parts.map(([before, name, , gap]) => `${before}{{${gap}${name}${gap}}}`).join('') + end;
        const names = templateNames(text);
        expect(names.map(({ name, closed }) => ({ name, closed }))).toEqual(
          parts.map(([, name]) => ({ name, closed: true })),
        );
        for (const { name, offset } of names)
          expect(
            text
              .slice(offset)
              .replace(/^\{\{\s*/, '')
              .startsWith(name),
          ).toBe(true);
        expect(renderTemplate(text, scope)).toBe(
          parts.map(([before, name]) => before + (scope.get(name) ?? '')).join('') + end,
        );
      }),
    );
  });
});

describe('arguments', () => {
  it('are rendered in every text, however deep, and nowhere else', () => {
    const args = {
      unit: 'etcd',
      hosts: ['{{ etcd1.address }}:2379', 2379],
      deep: { scope: '{{ scope }}', on: true, none: null },
    };
    expect(renderDeep(args, templateScope(workshop, edition))).toEqual({
      unit: 'etcd',
      hosts: ['10.0.3.64:2379', 2379],
      deep: { scope: 'my-ha-cluster', on: true, none: null },
    });
  });
});
