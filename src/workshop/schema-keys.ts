import type * as z from 'zod';
import { type Path } from './source.ts';

type Schema = z.core.$ZodType;

/** The keys that a schema knows for the mapping at this path: what an unknown key may have been meant to be. */
export function schemaKeys(schema: Schema, path: Path): readonly string[] {
  return path
    .reduce<readonly Schema[]>((schemas, step) => schemas.flatMap((one) => inside(one, step)), [schema])
    .flatMap(keysOf);
}

function keysOf(schema: Schema): readonly string[] {
  return plain(schema).flatMap((one) => {
    const { def } = (one as z.core.$ZodTypes)._zod;
    return def.type === 'object' ? Object.keys(def.shape) : [];
  });
}

function inside(schema: Schema, step: PropertyKey): readonly Schema[] {
  return plain(schema).flatMap((one) => {
    const { def } = (one as z.core.$ZodTypes)._zod;
    if (def.type === 'object') return Object.hasOwn(def.shape, step) ? [def.shape[String(step)] as Schema] : [];
    if (def.type === 'array') return [def.element];
    return def.type === 'record' ? [def.valueType] : [];
  });
}

/** What is below wrappers such as optional(), and every branch of a union. */
function plain(schema: Schema): readonly Schema[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
      return plain(def.innerType);
    case 'pipe':
      return plain(def.in);
    case 'union':
      return def.options.flatMap(plain);
    default:
      return [schema];
  }
}
