// The form of workshop.yml. The descriptions are what an editor shows.

import * as z from 'zod';
import { patterns } from './formats.ts';

const name = z.string().regex(patterns.name, 'name');
const valueName = z.string().regex(patterns.valueName, 'valueName');
const someText = z.string().min(1);

const imageSchema = z.strictObject({
  on: z.string().optional().describe('The image below this one. Exactly one image, the base, has none.'),
  packages: z.array(someText).describe('Debian packages; {{ edition.KEY }} may be used.'),
  finish: z.array(someText).optional().describe('Shell commands run in the image once its packages are installed.'),
});

const nodeSchema = z.strictObject({
  address: z.ipv4().describe('Its fixed address in the network of the lab.'),
  image: z.string().describe('The image with what the chapters install on this node.'),
  member: name.optional().describe('The name of its Patroni member, if it has one.'),
  aliases: z.array(name).optional().describe("Further names in every node's /etc/hosts."),
});

const limitsSchema = z.strictObject({
  processes: z.int().min(64).optional().describe('Processes and threads of a node: 1024 unless said otherwise.'),
  memory_mb: z
    .int()
    .min(128)
    .optional()
    .describe('Megabytes of memory of a node, with its files in memory (/dev/shm): 1024 unless said otherwise.'),
});

const volumeSchema = z.strictObject({
  path: z.string().regex(patterns.absolutePath, 'absolutePath').describe('Where the nodes have it.'),
  on: z.string().describe('The node or group that has it.'),
});

export const workshopFileSchema = z.strictObject({
  name,
  default_edition: z.string().describe('The edition of a lab that names none.'),
  editions: z
    .record(name, z.record(valueName, z.string()))
    .describe('Debian releases and what differs between them: {{ edition.KEY }}. All have the same keys.'),
  network: z
    .string()
    .regex(patterns.network, 'network')
    .describe("The trainer's seat in the network of the lab, with the prefix: 10.0.3.1/24."),
  values: z.record(valueName, z.string()).optional().describe('Values for files and words: {{ KEY }}.'),
  images: z.record(name, imageSchema).describe("Read-only layers of the nodes' root file systems."),
  pool: z.array(someText).optional().describe('Packages to install later in a node, beyond those of the images.'),
  nodes: z.record(name, nodeSchema),
  limits: limitsSchema.optional().describe('What each node may take of the host at most.'),
  groups: z.record(name, z.array(z.string()).min(1)).optional().describe('Named sets of nodes.'),
  volumes: z
    .record(name, volumeSchema)
    .optional()
    .describe('Folders that nodes share, outside their root file systems. A checkpoint holds them too.'),
  chapters: z
    .array(z.string().regex(patterns.chapterFolder, 'chapterFolder'))
    .min(1)
    .describe('Folders below chapters/, in the order of the course.'),
});

export type WorkshopFile = z.infer<typeof workshopFileSchema>;
