import { describe, expect, it } from 'vitest';
import { actionKinds } from '../../src/actions/registry.ts';
import { checkKinds } from '../../src/checks/registry.ts';
import { jsonSchemas } from '../../src/workshop/json-schemas.ts';
import { tinyKinds } from './tiny-kinds.ts';

const schemas = jsonSchemas({ actionKinds, checkKinds });

describe('the JSON schemas for editors', () => {
  // `npx vitest run test/workshop -u` writes them anew.
  it.each(Object.keys(schemas))('labs/%s is what the loader checks', async (file) => {
    await expect(`${JSON.stringify(schemas[file], null, 2)}\n`).toMatchFileSnapshot(`../../labs/${file}`);
  });

  it('offer the kinds that there are, and the arguments of each', () => {
    const chapter = JSON.stringify(jsonSchemas(tinyKinds)['chapter.schema.json']);
    expect(chapter).toContain('"enum":["service","write-file"]');
    expect(chapter).toContain('"enum":["file-holds","has-leader","service-runs"]');
    expect(chapter).toContain(
      '{"if":{"properties":{"do":{"const":"service"}},"required":["do"]},"then":{"required":["with"],"properties":{"with":',
    );
    expect(chapter).toContain('"enum":["running","stopped"]');
  });
});
