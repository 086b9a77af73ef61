import * as z from 'zod';
import { chapterFileSchema } from './chapter-schema.ts';
import { type WorkshopDeps } from './kinds.ts';
import { mistakesFileSchema } from './mistakes-schema.ts';
import { wordsFileSchema } from './words-schema.ts';
import { workshopFileSchema } from './workshop-schema.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/** JSON schemas for editors, by file name: labs/workshop.schema.json and its neighbours. */
export function jsonSchemas(deps: WorkshopDeps): Readonly<Record<string, JsonSchema>> {
  return {
    'workshop.schema.json': toJson(workshopFileSchema),
    'chapter.schema.json': withKinds(toJson(chapterFileSchema), deps),
    'mistakes.schema.json': toJson(mistakesFileSchema),
    'words.schema.json': toJson(wordsFileSchema),
  };
}

function toJson(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    // zod names formats that JSON schema doesn't know; the pattern beside them says the same.
    override: ({ jsonSchema }) => {
      if (jsonSchema.pattern !== undefined) delete jsonSchema.format;
    },
  });
}

/** The names of the kinds, and for each kind the form of its `with`. */
function withKinds(chapter: JsonSchema, { actionKinds, checkKinds }: WorkshopDeps): JsonSchema {
  const kinds: Readonly<Record<string, ReadonlyMap<string, { readonly schema: z.ZodType }>>> = {
    do: actionKinds,
    expect: checkKinds,
  };
  const visit = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(visit);
    if (typeof part !== 'object' || part === null) return part;
    const visited = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, visit(value)]));
    const { properties } = visited;
    const key = Object.keys(kinds).find(
      (one) => typeof properties === 'object' && properties !== null && one in properties,
    );
    return key === undefined ? visited : describeKinds(visited, key, kinds[key] ?? new Map());
  };
  return visit(chapter) as JsonSchema;
}

function describeKinds(
  entry: JsonSchema,
  key: string,
  kinds: ReadonlyMap<string, { readonly schema: z.ZodType }>,
): JsonSchema {
  const names = [...kinds.keys()].sort();
  const properties = entry['properties'] as Readonly<Record<string, JsonSchema>>;
  return {
    ...entry,
    properties: { ...properties, [key]: { ...properties[key], enum: names } },
    allOf: names.flatMap((name) => {
      const schema = kinds.get(name)?.schema;
      if (schema === undefined) return [];
      const { $schema: _, ...args } = toJson(schema);
      const needsWith = Array.isArray(args['required']) ? { required: ['with'] } : {};
      return [
        {
          if: { properties: { [key]: { const: name } }, required: [key] },
          then: { ...needsWith, properties: { with: args } },
        },
      ];
    }),
  };
}
