// Where copies and replacements of a lab's nodes lie. Pure.

import { basename, dirname, join } from 'node:path';
import { labPaths } from '../../../model/home-paths.ts';
import { type LabName } from '../../../model/ids.ts';
import { imagesHome } from '../images/image-places.ts';

export interface CopyPlaces {
  /** The lab's folder: everything below is directly in it, on one file system. */
  readonly lab: string;
  readonly nodes: string;
  /** The nodes that are to come, until they are complete. */
  readonly newNodes: string;
  /** There from the moment on from which a replacement is finished and no longer undone. */
  readonly swapMark: string;
  /** There while a copy is being taken: which nodes it froze, what it makes. */
  readonly copyMark: string;
  /** Layers of all images of the home. */
  readonly layers: string;
  readonly pools: string;
}

export function copyPlaces(home: string, lab: LabName): CopyPlaces {
  const { directory, nodes } = labPaths(home, lab);
  const { layers, pools } = imagesHome(home);
  return {
    lab: directory,
    nodes,
    newNodes: join(directory, 'nodes.new'),
    swapMark: join(directory, 'swapping-nodes'),
    copyMark: join(directory, 'copying-nodes'),
    layers,
    pools,
  };
}

const gone = 'nodes.gone-';

/** Old nodes are moved here, out of the way; they are removed while the new ones start already. */
export function gonePlace(places: CopyPlaces, unique: string): string {
  return join(places.lab, `${gone}${unique}`);
}

export function isGonePlace(name: string): boolean {
  return name.startsWith(gone);
}

/** Beside the folder that it becomes. */
export function draftOf(folder: string): string {
  return join(dirname(folder), `.draft-${basename(folder)}`);
}
