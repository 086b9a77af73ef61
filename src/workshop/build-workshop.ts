// From files in which checkWorkshop found nothing wrong to the workshop that everybody else reads.

import { resolve } from 'node:path';
import { chapterId, type EditionName, editionName, nodeName } from '../model/ids.ts';
import { templateScope, type TemplateScope } from '../model/template.ts';
import {
  type Chapter,
  type ChapterWords,
  type NodeDefinition,
  type NodeLimits,
  type VolumeDefinition,
  type Workshop,
} from '../model/workshop.ts';
import { buildMistakes } from './build-mistakes.ts';
import { buildSteps } from './build-steps.ts';
import { chapterNumber, chapterSlug } from './chapter-folder.ts';
import { nodesOf } from './check-chapter.ts';
import { type WorkshopDeps } from './kinds.ts';
import { knownNames, type KnownNames } from './known-names.ts';
import { type Part } from './part.ts';
import { workshopFileSchema, type WorkshopFile } from './workshop-schema.ts';
import { type ChapterSources, type WorkshopSources } from './workshop-sources.ts';
import { wordsFileSchema } from './words-schema.ts';

export function buildWorkshop(deps: WorkshopDeps, directory: string, sources: WorkshopSources): Workshop {
  const file = workshopFileSchema.parse(sources.workshop.value);
  const absolute = resolve(directory);
  const nodes = buildNodes(file);
  const editions = Object.entries(file.editions).map(([name, values]) => ({ name: editionName(name), values }));
  const [address = '', prefix] = file.network.split('/');
  const values = file.values ?? {};
  const scopes = editions.map((edition) => templateScope({ nodes, values }, edition));
  const groups = Object.entries(file.groups ?? {}).map(([name, members]) => [name, members.map(nodeName)] as const);
  return {
    name: file.name,
    directory: absolute,
    network: { address, prefixLength: Number(prefix) },
    editions,
    defaultEdition: editionName(file.default_edition),
    images: Object.entries(file.images).map(([name, { on, packages, finish = [] }]) => ({
      name,
      on,
      packages,
      finish,
    })),
    poolPackages: file.pool ?? [],
    values,
    nodes,
    limits: buildLimits(file),
    groups: Object.fromEntries(groups),
    volumes: buildVolumes(file),
    chapters: buildChapters(
      {
        deps,
        directory: absolute,
        names: knownNames(sources.workshop),
        scopes,
        defaultEdition: editionName(file.default_edition),
      },
      sources.chapters,
    ),
  };
}

function buildNodes({ nodes, groups = {} }: WorkshopFile): readonly NodeDefinition[] {
  return Object.entries(nodes).map(([name, { address, image, member, aliases = [] }]) => ({
    name: nodeName(name),
    address,
    aliases,
    image,
    member,
    groups: Object.keys(groups).filter((group) => groups[group]?.includes(name)),
  }));
}

/** Ten times what a node of the workshop takes; a bomb is held long before the host feels it. */
const usualLimits: NodeLimits = { processes: 1024, memoryMegabytes: 1024 };

function buildLimits({ limits = {} }: WorkshopFile): NodeLimits {
  return {
    processes: limits.processes ?? usualLimits.processes,
    memoryMegabytes: limits.memory_mb ?? usualLimits.memoryMegabytes,
  };
}

function buildVolumes({ volumes = {}, groups = {} }: WorkshopFile): readonly VolumeDefinition[] {
  return Object.entries(volumes).map(([name, { path, on }]) => ({
    name,
    path,
    nodes: (groups[on] ?? [on]).map(nodeName),
  }));
}

interface ChapterSetting {
  readonly deps: WorkshopDeps;
  readonly directory: string;
  readonly names: KnownNames;
  readonly scopes: readonly TemplateScope[];
  readonly defaultEdition: EditionName;
}

function buildChapters(
  { deps, directory, names, scopes, defaultEdition }: ChapterSetting,
  all: readonly ChapterSources[],
): readonly Chapter[] {
  const chapterIds = new Map(all.map(({ folder }) => [chapterSlug(folder), chapterId(chapterNumber(folder))] as const));
  return all.map((sources, index) => {
    const nodesSoFar = all.slice(0, index + 1).flatMap(({ chapter }) => nodesOf(chapter));
    const number = chapterNumber(sources.folder);
    const target = { names, nodesSoFar };
    return {
      id: chapterId(number),
      number,
      slug: chapterSlug(sources.folder),
      directory: resolve(directory, 'chapters', sources.folder),
      nodes: nodesOf(sources.chapter).map(nodeName),
      steps: buildSteps(sources, { deps, target, scopes, chapterIds }),
      mistakes: buildMistakes(sources.mistakes, target, defaultEdition),
      words: { en: buildWords(sources.en), fr: buildWords(sources.fr) },
    };
  });
}

function buildWords(part: Part): ChapterWords {
  const { title, intro, learnt = [], steps, checks = {} } = wordsFileSchema.parse(part.value);
  return { title, intro, learnt, steps, checks };
}
